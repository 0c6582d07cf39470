import { isJsonObject } from '../entity/json.js';
import { jsonOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** A runtime kind as a platform announces it (openwhisk-api.md §2.4). */
export interface KindEntry {
  readonly family: string;
  readonly kind: string;
  readonly image: string;
  readonly default: boolean;
  readonly deprecated: boolean;
  /** Whether the local platform can run it now; undefined where the host does not say. */
  readonly available?: boolean;
  /** What the local platform lacks to run it. */
  readonly missing?: string;
}

function entryOf(family: string, value: unknown): KindEntry | undefined {
  if (!isJsonObject(value) || typeof value.kind !== 'string') return undefined;
  return {
    family,
    kind: value.kind,
    image: typeof value.image === 'string' ? value.image : '',
    default: value.default === true,
    deprecated: value.deprecated === true,
  };
}

type Availability = Pick<KindEntry, 'available' | 'missing'>;

function availabilityOf(row: unknown): [string, Availability][] {
  if (!isJsonObject(row) || typeof row.kind !== 'string') return [];
  const missing = typeof row.missing === 'string' ? { missing: row.missing } : {};
  return [[row.kind, { available: row.available === true, ...missing }]];
}

/** The runtime kinds of a platform, from the document at the root of its API host, and what the local platform says of them. */
export class KindsClient {
  constructor(private readonly client: WhiskClient) {}

  /** All kinds in the host's order. Hosts without a `runtimes` member have none. */
  async list(): Promise<readonly KindEntry[]> {
    const announced = await this.announced();
    const availability = await this.availability();
    return announced.map((entry) => ({ ...entry, ...availability.get(entry.kind) }));
  }

  private async announced(): Promise<readonly KindEntry[]> {
    const response = await this.client.send({ method: 'GET', path: '/', root: true });
    const document = jsonOf(response, { what: 'obtain the list of kinds' }, this.client.connection);
    const runtimes = isJsonObject(document) && isJsonObject(document.runtimes) ? document.runtimes : {};
    return Object.entries(runtimes).flatMap(([family, values]) =>
      Array.isArray(values) ? values.flatMap((value: unknown) => entryOf(family, value) ?? []) : [],
    );
  }

  /** What the local platform can run here, by kind; other hosts do not tell. */
  private async availability(): Promise<ReadonlyMap<string, Availability>> {
    const { connection } = this.client;
    if (!connection.local) return new Map();
    const response = await this.client.send({ method: 'GET', path: '/rt/kinds', root: true });
    const rows = jsonOf(response, { what: 'obtain the list of kinds' }, connection);
    return new Map(Array.isArray(rows) ? rows.flatMap(availabilityOf) : []);
  }
}

/** The entry that a word means: a kind, `FAMILY:default`, or the bare family. */
export function findKind(kinds: readonly KindEntry[], word: string): KindEntry | undefined {
  const exact = kinds.find((entry) => entry.kind === word);
  const family = word.replace(/:default$/, '');
  return exact ?? kinds.find((entry) => entry.family === family && entry.default);
}
