import type { SettingKey } from '../config/setting.js';
import type { SettingSources } from '../config/settings.js';
import { parseDuration } from './flags/units.js';
import type { Session } from './session.js';

/** Settings that have a flag, and its name. */
const flagOfSetting: readonly (readonly [SettingKey, string])[] = [
  ['apihost', 'apihost'],
  ['auth', 'auth'],
  ['namespace', 'namespace'],
  ['apiversion', 'apiversion'],
  ['cert', 'cert'],
  ['key', 'key'],
  ['cacert', 'cacert'],
  ['insecure', 'insecure'],
  ['timeout', 'timeout-http'],
  ['retries', 'retries'],
];

/** A duration as milliseconds in digits; what is none stays as it is, for the error message. */
function milliseconds(text: string): string {
  return String(parseDuration(text) ?? text);
}

/** The sources of settings for a session. Flags that the command defines itself (`property get --auth`) say nothing about the connection. */
export function settingSources(session: Session, ownFlags: ReadonlySet<string>): SettingSources {
  const { values } = session.line;
  const flags: Partial<Record<SettingKey, string>> = {};
  for (const [setting, flag] of flagOfSetting) {
    const value = ownFlags.has(flag) ? undefined : values.get(flag);
    if (value !== undefined) flags[setting] = setting === 'timeout' ? milliseconds(String(value)) : String(value);
  }
  const { env, cwd, home, platform } = session.environment;
  const { RT_HTTP_TIMEOUT: timeout } = env;
  const [context, mode] = [ownFlags.has('context') ? undefined : values.get('context'), values.get('mode')];
  return {
    flags,
    env: timeout === undefined ? env : { ...env, RT_HTTP_TIMEOUT: milliseconds(timeout) },
    cwd,
    home,
    platform,
    context: typeof context === 'string' ? context : undefined,
    mode: typeof mode === 'string' && mode !== '' ? mode : undefined,
  };
}
