import type { IncomingHttpHeaders } from 'node:http';
import type { Access, Privilege } from '../entitlement/entitlement.js';
import type { Identity } from '../entity/identity.js';
import type { Answer } from './answer.js';
import type { QueryParameters } from './query-parameters.js';

/** The methods that REST collections use; all others are 405 on a known path. */
type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A request that passed the pipeline: authenticated, names checked, entitled. */
export interface ApiRequest {
  readonly identity: Identity;
  readonly transactionId: string;
  /** Epoch milliseconds at which the head of the request was read. */
  readonly received: number;
  /** The namespace of the path, `_` resolved. */
  readonly namespace: string;
  /** Package and name of the path; `''` where it has none. */
  readonly package: string;
  readonly name: string;
  /** The activation id of the path as it was given, unchecked; `''` where it has none. */
  readonly id: string;
  readonly access: Access;
  readonly query: QueryParameters;
  /** As Node gives them: lower-case names. */
  readonly headers: IncomingHttpHeaders;
  /** The body as text; `''` when there was none. */
  readonly body: string;
}

/** A request that passed the pipeline, whose body is not there yet. */
export type EntitledRequest = Omit<ApiRequest, 'body'>;

/** The request with its body; every property by name, which is quicker than to spread them (P-23). */
export function withBody(entitled: EntitledRequest, body: string): ApiRequest {
  return {
    identity: entitled.identity,
    transactionId: entitled.transactionId,
    received: entitled.received,
    namespace: entitled.namespace,
    package: entitled.package,
    name: entitled.name,
    id: entitled.id,
    access: entitled.access,
    query: entitled.query,
    headers: entitled.headers,
    body,
  };
}

/** One operation on a collection; `path` stands below the root of the collection. */
export interface Route {
  readonly method: Method;
  /** With `:package`, `:name` and `:id` as parameters; the first two are checked as names before anything else. */
  readonly path: string;
  /** One line for the API description. */
  readonly summary: string;
  readonly privilege: Privilege;
  /** Largest body in bytes; absent: the limit of every request. */
  readonly maxBody?: number;
  readonly run: (request: ApiRequest) => Promise<Answer>;
}

/** Where collections are served unless they say otherwise. */
export const namespacesRoot = '/api/v1/namespaces';

/** All routes of one collection. New collections join the list in `collections.ts`. */
export interface Collection {
  readonly name: string;
  /** Absent: `namespacesRoot`. */
  readonly root?: string;
  readonly routes: readonly Route[];
  /** Resolves when what goes on behind answers already given has ended; awaited when the server is closed. */
  readonly settled?: () => Promise<void>;
}

/** A request that needs no credentials; `path` stands below the root of the server. */
export interface PublicRoute {
  readonly path: string;
  readonly summary: string;
  readonly run: () => Answer;
}
