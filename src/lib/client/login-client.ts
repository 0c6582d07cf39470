import { isJsonObject } from '../entity/json.js';
import { NetworkError } from '../errors/client-errors.js';
import { jsonOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** Where OpenServerless checks passwords: a web action, called without any key. */
const loginPath = '/api/v1/web/whisk-system/nuv/login';

/** Exchanges a password for an authorization key, as OpenServerless does (§12.3). */
export class LoginClient {
  constructor(private readonly client: WhiskClient) {}

  /** The key of a user. Rejects with HttpError when user and password do not fit, with NetworkError for a host without such logins. */
  async keyFor(user: string, password: string): Promise<string> {
    const body = JSON.stringify({ login: user, password });
    const response = await this.client.send({ method: 'POST', path: loginPath, root: true, body });
    const wrong = 'check the user and the password';
    const hints = {
      400: wrong,
      401: wrong,
      403: wrong,
      404: 'this host has no login by password; give the key with --auth',
    };
    const document = jsonOf(response, { what: `log in as ${user}`, hints }, this.client.connection);
    const { AUTH: key } = isJsonObject(document) ? document : {};
    if (typeof key === 'string' && key !== '') return key;
    throw new NetworkError(`Unable to log in as ${user}: the host gave no authorization key`);
  }
}
