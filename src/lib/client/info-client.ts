import { isJsonObject } from '../entity/json.js';
import { jsonOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** Milliseconds for these small questions: they only complete what is known without them. */
const patience = 5000;

/** What a platform says about its build (openwhisk-api.md §2.4). */
export interface PlatformBuild {
  readonly build: string;
  readonly buildNumber: string;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'Unknown';
}

/** Questions about the platform itself and about the key in use. */
export class InfoClient {
  constructor(private readonly client: WhiskClient) {}

  /** Build and build number. */
  async build(): Promise<PlatformBuild> {
    const response = await this.client.send({ method: 'GET', path: '', timeout: patience });
    const document = jsonOf(response, { what: 'obtain API build information' }, this.client.connection);
    const { build, buildno } = isJsonObject(document) ? document : {};
    return { build: text(build), buildNumber: text(buildno) };
  }

  /** Name of the namespace that the key opens. */
  async namespace(): Promise<string> {
    const response = await this.client.send({ method: 'GET', path: '/namespaces', timeout: patience });
    const document = jsonOf(response, { what: 'obtain the list of available namespaces' }, this.client.connection);
    return text(Array.isArray(document) ? document[0] : undefined);
  }
}
