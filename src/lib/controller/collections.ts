import type { Entitlement } from '../entitlement/entitlement.js';
import type { Throttle } from '../entitlement/throttle.js';
import { ActionWriter } from './action-writer.js';
import { ActionInvocation } from './action-invocation.js';
import { ActionReader } from './action-reader.js';
import { createActionsApi } from './actions-api.js';
import { createActivationsApi } from './activations-api.js';
import type { ControllerDeps } from './controller-deps.js';
import { createLimitsApi } from './limits-api.js';
import { createNamespacesApi } from './namespaces-api.js';
import type { Collection, PublicRoute } from './route.js';
import { createServerInfoApi } from './server-info-api.js';

/** The collections of the REST API (openwhisk-api.md §1.1): one line for each, and the only place that lists them. */
export function createCollections(
  deps: ControllerDeps & { readonly throttle: Throttle; readonly entitlement: Entitlement },
): readonly Collection[] {
  const reader = new ActionReader(deps);
  return [
    createNamespacesApi(),
    createLimitsApi(deps),
    createActionsApi({
      artifacts: deps.artifacts,
      reader,
      writer: new ActionWriter({ ...deps, reader }),
      invocation: new ActionInvocation({ ...deps, reader }),
    }),
    createActivationsApi(deps),
  ];
}

/** What is answered without credentials (openwhisk-api.md §1.2). */
export function createPublicRoutes(deps: ControllerDeps, collections: readonly Collection[]): readonly PublicRoute[] {
  return createServerInfoApi(deps, collections);
}
