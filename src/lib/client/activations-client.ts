import type { Clock } from '../entity/clock.js';
import { HttpError } from '../errors/client-errors.js';
import { listAttempt, type ListPage, type ListRecord, toCount, toRecords } from './list-records.js';
import { pause } from './pause.js';
import { type Attempt, bodyOf } from './responses.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** What a list of activations is restricted to (openwhisk-api.md §10.4). */
export interface ActivationFilter {
  readonly namespace: string;
  /** `[pkg/]name` of an action, or the name of a trigger. */
  readonly name?: string;
  /** Epoch milliseconds, inclusive. */
  readonly since?: number;
  readonly upto?: number;
}

/** The parts of an activation that have a resource of their own. */
export type ActivationPart = 'record' | 'logs' | 'result';

/** Milliseconds until an absent record is asked for again; each pause is half as long again, up to the longest. */
const firstPause = 100;
const longestPause = 2000;

/** The activations collection (openwhisk-api.md §10.3). Bodies are JSON texts; failures are HttpError or NetworkError. */
export class ActivationsClient {
  constructor(
    private readonly deps: { readonly client: WhiskClient; readonly clock: Clock; readonly signal: AbortSignal },
  ) {}

  /** The namespace of the connection in the place of `_` (C-10). */
  namespace(typed: string): string {
    return typed === '_' ? this.deps.client.connection.namespace.value : typed;
  }

  /** One page, newest first: summaries, or whole records with `docs`. */
  async list(filter: ActivationFilter, page: ListPage & { readonly docs?: boolean }): Promise<ListRecord[]> {
    const { namespace, ...query } = filter;
    const attempt = listAttempt('activation', namespace);
    const path = namespacePath(namespace, 'activations');
    const { limit, skip, docs } = page;
    const all = { ...query, limit, skip, ...(docs === true ? { docs } : {}) };
    return toRecords(await this.read(path, attempt, all), attempt, this.deps.client.connection);
  }

  /** Number of activations. */
  async count({ namespace, ...query }: ActivationFilter): Promise<number> {
    const path = namespacePath(namespace, 'activations');
    return toCount(
      await this.read(path, listAttempt('activation', namespace), { ...query, count: true }),
      'activations',
    );
  }

  /**
   * A part of an activation. A record that is not there yet is asked for again for up to `wait` milliseconds, because a platform may
   * write it after it has told the id (C-67).
   */
  async get(
    id: string,
    part: ActivationPart,
    options: { readonly namespace: string; readonly wait: number },
  ): Promise<string> {
    const segments = part === 'record' ? [id] : [id, part];
    const path = namespacePath(options.namespace, 'activations', ...segments);
    const { clock, signal } = this.deps;
    const started = clock.monotonic();
    for (let interval = firstPause; ; interval = Math.min(interval * 1.5, longestPause)) {
      try {
        return await this.read(path, partAttempt(id, part), {});
      } catch (error) {
        const missing = error instanceof HttpError && error.status === 404;
        const left = options.wait - (clock.monotonic() - started);
        if (!missing || left <= 0) throw error;
        await pause(Math.min(interval, left), signal);
      }
    }
  }

  private async read(
    path: string,
    attempt: Attempt,
    query: Readonly<Record<string, string | number | boolean | undefined>>,
  ): Promise<string> {
    const { client } = this.deps;
    return bodyOf(await client.send({ method: 'GET', path, query }), attempt, client.connection);
  }
}

function partAttempt(id: string, part: ActivationPart): Attempt {
  return { what: part === 'record' ? `get activation '${id}'` : `get ${part} for activation '${id}'` };
}
