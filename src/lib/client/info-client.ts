import { isJsonObject, type JsonObject, numberOf } from '../entity/json.js';
import { jsonOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** Milliseconds for these small questions: they only complete what is known without them. */
const patience = 5000;

/** What a platform says about its build (openwhisk-api.md §2.4). */
export interface PlatformBuild {
  readonly build: string;
  readonly buildNumber: string;
}

/** What a platform tells about itself (openwhisk-api.md §2.4). */
export interface PlatformFacts extends PlatformBuild {
  readonly description: string;
  /** Limits by the platform's own names: durations in ms, sizes in bytes, the rest numbers. */
  readonly limits: Readonly<Record<string, number>>;
  /** Number of kinds that are announced. */
  readonly kinds: number;
}

function limitsOf(value: unknown): Readonly<Record<string, number>> {
  if (!isJsonObject(value)) return {};
  const limits = Object.entries(value).flatMap(([name, limit]): [string, number][] => {
    const number = numberOf(limit);
    return number === undefined ? [] : [[name, number]];
  });
  return Object.fromEntries(limits);
}

function kindsOf(runtimes: unknown): number {
  if (!isJsonObject(runtimes)) return 0;
  return Object.values(runtimes).reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
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

  /** Versions, limits and number of kinds. */
  async platform(): Promise<PlatformFacts> {
    const attempt = { what: 'obtain information about the platform' };
    const response = await this.client.send({ method: 'GET', path: '/', root: true, timeout: patience });
    const document: unknown = jsonOf(response, attempt, this.client.connection);
    const { description, limits, runtimes }: JsonObject = isJsonObject(document) ? document : {};
    const build = await this.build();
    return { ...build, description: text(description), limits: limitsOf(limits), kinds: kindsOf(runtimes) };
  }
}
