import { isJsonObject } from '../entity/json.js';
import { HttpError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';
import { InfoClient } from './info-client.js';
import { bodyOf, jsonOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** The destination that stands for no forwarding: logs stay on the platform (openwhisk-api.md §19.5). */
const platformItself = 'adobe_io_runtime';

/** Where the logs of the namespace go (openwhisk-api.md §19.5). Bodies are JSON texts; failures are HttpError or NetworkError. */
export class LogForwardingClient {
  constructor(private readonly client: WhiskClient) {}

  /** The destination with its settings, without secrets. */
  get(): Promise<string> {
    return this.send('GET', '', 'get log forwarding configuration');
  }

  /** What went wrong with forwarding lately. */
  errors(): Promise<string> {
    return this.send('GET', '/errors', 'get log forwarding errors');
  }

  /** Sets the destination: `splunk_hec` and its settings. Resolves with what is stored. */
  set(destination: string, settings: Readonly<Record<string, string>>): Promise<string> {
    const body = JSON.stringify({ [destination]: settings });
    return this.send('PUT', '', 'update log forwarding configuration', body);
  }

  /** Name of the destination when logs do not stay on the platform; undefined when they do, or when the platform does not say. */
  async foreignDestination(): Promise<string | undefined> {
    try {
      const path = await this.path('');
      const response = await this.client.send({ method: 'GET', path, root: true });
      const document = jsonOf(response, { what: 'get log forwarding configuration' }, this.client.connection);
      const [name, ...others] = isJsonObject(document) ? Object.keys(document) : [];
      return others.length > 0 || name === platformItself ? undefined : name;
    } catch (error) {
      if (error instanceof RtError) return undefined;
      throw error;
    }
  }

  private async send(method: 'GET' | 'PUT', path: string, what: string, body?: string): Promise<string> {
    const request = { method, path: await this.path(path), root: true, ...(body === undefined ? {} : { body }) };
    const response = await this.client.send(request);
    if (response.status === 404 || response.status === 405) {
      throw new HttpError('this platform has no log forwarding', { status: 404 });
    }
    return bodyOf(response, { what }, this.client.connection);
  }

  /** The address takes no `_`. */
  private async path(rest: string): Promise<string> {
    const { value } = this.client.connection.namespace;
    const namespace = value === '_' ? await new InfoClient(this.client).namespace() : value;
    return `/runtime/namespaces/${encodeURIComponent(namespace)}/logForwarding${rest}`;
  }
}
