import { InfoClient } from '../client/info-client.js';
import { LoginClient } from '../client/login-client.js';
import { dotenvVariables } from '../config/project-rows.js';
import { targetOf } from '../config/resolve-connection.js';
import { filled, type Setting, type SettingKey } from '../config/setting.js';
import { resolveSettings } from '../config/settings.js';
import { UsageError } from '../errors/client-errors.js';
import { connectTo } from './connect.js';
import { askFor, contextFlags, givenKey, readContextValues } from './flags/context-flags.js';
import { readStdin } from './read-stdin.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';

/** What `login` was given on the command line. */
export interface SignInRequest {
  readonly apihost: string | undefined;
  readonly user: string | undefined;
  /** A key; `-` is stdin. */
  readonly auth: string | undefined;
  /** Whether the key is tried before it is stored. */
  readonly verify: boolean;
}

/** A connection that works, or was not to be tried. */
export interface SignedIn {
  readonly values: ReadonlyMap<SettingKey, string>;
  /** Name of the namespace that the key opens; undefined when it was not tried. */
  readonly namespace: string | undefined;
}

/** The user of OpenServerless when none is named. */
const defaultUser = 'nuvolaris';

/** Finds out host and key (§12.3): the key as it is given, or for a user and a password. */
export class SignIn {
  constructor(private readonly session: Session) {}

  async run(request: SignInRequest): Promise<SignedIn> {
    const { line } = this.session;
    const given = Object.keys(contextFlags).map((name) => [name, line.values.get(name)] as const);
    const apihost = request.apihost ?? (await this.knownHost()) ?? (await askFor('apihost', this.session));
    const key = await this.credentials(request);
    // A key that is still to be had must not be asked for.
    const flags = { ...Object.fromEntries(given), apihost, auth: key.auth ?? ' ' };
    const values = await readContextValues(flags, this.session);
    const auth = key.auth ?? (await this.exchange(values, key));
    values.set('auth', auth);
    return { values, namespace: request.verify ? await this.namespaceOf(values) : undefined };
  }

  /** A host that is configured already, though never one that a project names; undefined means that it has to be asked for. */
  private async knownHost(): Promise<string | undefined> {
    const { OPS_APIHOST: variable } = this.session.environment.env;
    if (filled(variable)) return variable;
    const { values } = await resolveSettings(settingSources(this.session, new Set(['auth', 'context'])));
    const apihost = values.get('apihost');
    return apihost?.origin === 'project' ? undefined : apihost?.value;
  }

  private async credentials(request: SignInRequest): Promise<Credentials> {
    const auth = await givenKey(request.auth, this.session);
    if (auth !== undefined) return { auth };
    const { environment, prompter } = this.session;
    const { env, cwd, stdin } = environment;
    const named = [request.user, env.OPS_USER, dotenvVariables(cwd, undefined).get('OPS_USER')?.value].find(filled);
    const user = named ?? defaultUser;
    const known = [env.RT_PASSWORD, env.OPS_PASSWORD].find(filled);
    if (known !== undefined) return { user, password: known };
    const question = named === undefined ? `Key, or password of ${user}:` : `Password of ${user}:`;
    const secret = prompter.allowed
      ? await prompter.secret(question)
      : (stdin.isTTY === true ? '' : await readStdin(stdin)).replace(/\r?\n$/, '');
    if (secret === '') {
      throw new UsageError('a key or a password is needed (there is no terminal to ask on)', {
        hint: 'give the key with --auth, or the password in RT_PASSWORD or on standard input',
      });
    }
    // A key has the form UUID:KEY, whoever is asked for either may type it.
    return named === undefined && /^[\w-]{8,}:\w+$/.test(secret) ? { auth: secret } : { user, password: secret };
  }

  private async exchange(values: ReadonlyMap<SettingKey, string>, { user, password }: Credentials): Promise<string> {
    this.session.redactor.hide(password ?? '');
    const client = await this.client(new Map([...values, ['auth', '']]));
    try {
      return await new LoginClient(client).keyFor(user ?? defaultUser, password ?? '');
    } finally {
      client.dispose();
    }
  }

  private async namespaceOf(values: ReadonlyMap<SettingKey, string>): Promise<string> {
    const client = await this.client(values);
    try {
      return await new InfoClient(client).namespace();
    } finally {
      client.dispose();
    }
  }

  private client(values: ReadonlyMap<SettingKey, string>): ReturnType<typeof connectTo> {
    const settings = [...values].map(([key, value]): [SettingKey, Setting] => {
      return [key, { value, source: key === 'auth' ? 'the login' : `--${key}`, origin: 'flag' }];
    });
    const sources = settingSources(this.session, new Set(['auth', 'context']));
    const target = targetOf({ values: new Map(settings), context: undefined, notes: [] }, sources);
    if (target.local) throw new UsageError('a login needs an API host');
    return connectTo(target, this.session);
  }
}

interface Credentials {
  readonly auth?: string;
  readonly user?: string;
  readonly password?: string;
}
