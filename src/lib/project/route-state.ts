import type { ApiRoute } from '../client/api-routes.js';
import type { DesiredApi } from './desired-state.js';
import { absolute } from './planned-entity.js';

/** Whether a route is there already as it is desired: the same action behind it, the same response. */
export function routeIsLive(wanted: DesiredApi, route: ApiRoute, namespace: string): boolean {
  return route.action === absolute(wanted.action, namespace) && route.responseType === wanted.response;
}
