import { NetworkError } from '../errors/client-errors.js';
import { bodyOf, jsonOf } from './responses.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** Namespaces and their limits (openwhisk-api.md §19). Failures are HttpError or NetworkError. */
export class NamespacesClient {
  constructor(private readonly client: WhiskClient) {}

  /** Names of the namespaces that the key opens. */
  async list(): Promise<readonly string[]> {
    const attempt = { what: 'obtain the list of available namespaces' };
    const names = jsonOf(
      await this.client.send({ method: 'GET', path: '/namespaces' }),
      attempt,
      this.client.connection,
    );
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
    const { apihost } = this.client.connection;
    throw new NetworkError(`Unable to ${attempt.what}: the host did not answer with a list`, {
      hint: `is ${apihost.value} (from ${apihost.source}) an OpenWhisk API host?`,
    });
  }

  /** The limits in force in a namespace, JSON text. */
  async limits(namespace: string): Promise<string> {
    const resolved = namespace === '_' ? this.client.connection.namespace.value : namespace;
    const response = await this.client.send({ method: 'GET', path: namespacePath(resolved, 'limits') });
    return bodyOf(response, { what: `get the limits of namespace '${resolved}'` }, this.client.connection);
  }
}
