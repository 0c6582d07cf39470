import { maxEntityBytes } from '../entity/limits.js';
import type { PublicRoute, Route } from './route.js';

/** An operation on a collection. */
export interface EntityEndpoint {
  readonly kind: 'entity';
  readonly collection: string;
  readonly route: Route;
}

/** What a path and a method lead to. */
export type Endpoint =
  | { readonly kind: 'public'; readonly route: PublicRoute }
  | EntityEndpoint
  | { readonly kind: 'web' }
  | { readonly kind: 'wrong method'; readonly allowed: readonly string[] };

/** Largest body of a request to an endpoint, in bytes (RS-201). */
export function maxBodyOf(endpoint: Endpoint | undefined): number {
  return (endpoint?.kind === 'entity' ? endpoint.route.maxBody : undefined) ?? maxEntityBytes;
}
