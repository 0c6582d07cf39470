import type { StoredApi } from '../../database/api-store.js';
import { readApi } from './api-listing.js';
import { type RouteTarget, targetOf } from './route-target.js';
import { allowsOtherSites, operationsOf } from './swagger-document.js';

/** A route whose path is that of a request. */
export interface MatchingRoute {
  /** Upper case. */
  readonly method: string;
  readonly target: RouteTarget | undefined;
  /** Whether the gateway answers `OPTIONS` itself and allows other sites. */
  readonly cors: boolean;
}

/**
 * All routes whose base path and relative path fit the path of a request, the most literal first: `/books/new` goes
 * before `/books/{id}`. A parameter is a whole segment; empty segments do not count. `path` is decoded.
 */
export function matchingRoutes(apis: readonly StoredApi[], path: readonly string[]): readonly MatchingRoute[] {
  return apis
    .flatMap((stored) => {
      const { basePath, document } = readApi(stored);
      const cors = allowsOtherSites(document);
      return operationsOf(document).flatMap((operation) => {
        const rank = rankOf(segmentsOf(`${basePath}/${operation.path}`), path);
        const route = { method: operation.verb.toUpperCase(), target: targetOf(operation), cors };
        return rank === undefined ? [] : [{ rank, route }];
      });
    })
    .sort((one, other) => (one.rank < other.rank ? -1 : Number(one.rank > other.rank)))
    .map(({ route }) => route);
}

/** The segments of a path without empty ones. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** A text that sorts literal segments before parameters, from the left; undefined when the path does not fit. */
function rankOf(template: readonly string[], path: readonly string[]): string | undefined {
  if (template.length !== path.length) return undefined;
  const marks = template.map((segment, at) => {
    if (segment === path[at]) return '0';
    return /^\{[^{}]+\}$/.test(segment) ? '1' : '';
  });
  return marks.includes('') ? undefined : marks.join('');
}
