import { resolve } from 'node:path';
import { boolean, string } from '@oclif/core/flags';
import { isLoopback, normaliseApihost, storedApihost } from '../../config/apihost.js';
import { checkCertificatePair } from '../../config/resolve-connection.js';
import { pathKeys, type SettingKey } from '../../config/setting.js';
import { UsageError } from '../../errors/client-errors.js';
import { confirm } from '../confirm.js';
import { readStdin } from '../read-stdin.js';
import type { Session } from '../session.js';

/** The flags of a connection that is stored: the global ones, with their own meaning. */
export const contextFlags = {
  apihost: string({ helpValue: 'HOST', summary: 'API host: host, host:port or URL' }),
  auth: string({ char: 'u', helpValue: 'UUID:KEY', summary: 'authorization key; - reads it from stdin' }),
  namespace: string({ helpValue: 'NAMESPACE', summary: 'namespace of requests (default: that of the key)' }),
  apiversion: string({ helpValue: 'VERSION', summary: 'API version (default v1)' }),
  cert: string({ helpValue: 'FILE', summary: 'client certificate' }),
  key: string({ helpValue: 'FILE', summary: 'key of the client certificate' }),
  cacert: string({ helpValue: 'FILE', summary: 'PEM file with certificates to trust in addition' }),
  insecure: boolean({ char: 'i', summary: 'do not verify TLS certificates of this host' }),
};

/** What was parsed of them. */
export type ContextFlags = {
  readonly [name in keyof typeof contextFlags]?: string | boolean | undefined;
};

/** The key that a flag gives: `-` is stdin. Undefined when there is none. */
export async function givenKey(flag: string | boolean | undefined, session: Session): Promise<string | undefined> {
  if (flag !== '-') return typeof flag === 'string' ? flag : undefined;
  return (await readStdin(session.environment.stdin)).trim();
}

/** Asks for a host or a key; a UsageError where nobody can be asked (C-61). */
export async function askFor(what: 'apihost' | 'auth', session: Session): Promise<string> {
  const { prompter } = session;
  if (!prompter.allowed) throw new UsageError(`--${what} is needed (there is no terminal to ask on)`);
  return (await (what === 'auth' ? prompter.secret('Authorization key:') : prompter.text('API host:'))).trim();
}

/** Asks before a key is used with a host that gets it unencrypted (RS-254). */
async function confirmPlainHttp(apihost: string, session: Session): Promise<void> {
  const { protocol, hostname } = new URL(normaliseApihost(apihost, '--apihost'));
  if (protocol === 'https:' || isLoopback(hostname)) return;
  await confirm({ what: `send the key unencrypted to ${apihost}`, agreed: false, session, flag: '--yes' });
}

/** The values of a context: from flags, the host and the key asked for when they are missing. Paths are stored absolute. */
export async function readContextValues(flags: ContextFlags, session: Session): Promise<Map<SettingKey, string>> {
  const apihost = storedApihost(String(flags.apihost ?? (await askFor('apihost', session))), '--apihost');
  const auth = (await givenKey(flags.auth, session)) ?? (await askFor('auth', session));
  if (auth === '') throw new UsageError('the key is empty');
  await confirmPlainHttp(apihost, session);
  const values = new Map<SettingKey, string>([
    ['apihost', apihost],
    ['auth', auth],
  ]);
  for (const key of ['namespace', 'apiversion', 'cert', 'key', 'cacert'] as const) {
    const value = flags[key];
    if (typeof value !== 'string') continue;
    if (value === '') throw new UsageError(`the value for --${key} is empty`);
    values.set(key, pathKeys.has(key) ? resolve(session.environment.cwd, value) : value);
  }
  checkCertificatePair(values.get('cert'), values.get('key'));
  if (flags.insecure === true) values.set('insecure', 'true');
  return values;
}
