import { readConfigFile } from './config-file.js';
import { ConfigError } from '../errors/client-errors.js';
import type { Env } from './setting.js';

interface RtSetting {
  /** What a value must look like, for messages. */
  readonly expected: string;
  readonly allows: (value: string) => boolean;
  readonly summary: string;
}

function oneOf(summary: string, ...values: readonly string[]): RtSetting {
  return { summary, expected: values.join(', '), allows: (value) => values.includes(value) };
}

function upTo(summary: string, most: number): RtSetting {
  return {
    summary,
    expected: `a whole number from 0 to ${String(most)}`,
    allows: (value) => /^\d{1,9}$/.test(value) && Number(value) <= most,
  };
}

/** The settings of rt itself (§12.4). */
const rtSettings: Readonly<Record<string, RtSetting>> = {
  output: oneOf('form of the answer', 'text', 'json', 'yaml', 'name', 'wide'),
  color: oneOf('colours on a terminal', 'auto', 'always', 'never'),
  autostart: oneOf('start the local platform on demand', 'true', 'false'),
  'platform.port': upTo('port of the local platform', 65_535),
  'platform.driver': oneOf('how the local platform runs actions', 'auto', 'docker', 'process'),
  'name-sort': oneOf('sort lists by name', 'true', 'false'),
  limit: upTo('entries of a list', 1_000_000),
};

/** The names of the settings. */
export const rtSettingNames: readonly string[] = Object.keys(rtSettings);

/** What a setting is for. */
export function settingSummary(name: string): string {
  return Object.hasOwn(rtSettings, name) ? (rtSettings[name]?.summary ?? '') : '';
}

/** What a value of the setting must look like, when this one is not allowed. */
export function settingProblem(name: string, value: string): string | undefined {
  const setting = Object.hasOwn(rtSettings, name) ? rtSettings[name] : undefined;
  return setting === undefined || setting.allows(value) ? undefined : setting.expected;
}

/**
 * The stored settings that can be used. Of a damaged file there are none: who needs more of it than its defaults reports the damage
 * (RS-164).
 */
export function storedSettings(path: string): ReadonlyMap<string, string> {
  try {
    const { settings } = readConfigFile(path);
    return new Map([...settings].filter(([name, value]) => settingProblem(name, value) === undefined));
  } catch (error) {
    if (error instanceof ConfigError) return new Map();
    throw error;
  }
}

function colorVariable(value: string | undefined, env: Env): Env {
  const decided = [env.NO_COLOR, env.FORCE_COLOR, env.CLICOLOR].some((variable) => variable !== undefined);
  if (decided || value === undefined || value === 'auto') return {};
  return value === 'never' ? { NO_COLOR: '1' } : { FORCE_COLOR: '1' };
}

/** The environment with what settings say where it says nothing itself: variables go before settings. */
export function withSettings(env: Env, settings: ReadonlyMap<string, string>): Env {
  if (settings.size === 0) return env;
  const defaults: Record<string, string | undefined> = {
    RT_OUTPUT: settings.get('output'),
    RT_NO_AUTOSTART: settings.get('autostart') === 'false' ? '1' : undefined,
    RT_PLATFORM_PORT: settings.get('platform.port'),
    RT_PLATFORM_DRIVER: settings.get('platform.driver'),
    ...colorVariable(settings.get('color'), env),
  };
  const set = Object.entries(defaults).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(set), ...env };
}
