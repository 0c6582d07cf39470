import type { ActivationInvoker } from '../invoker/invoker.js';
import { ok } from './answer.js';
import type { Metrics } from './metrics/metrics.js';
import type { PublicRoute } from './route.js';

/** The one invoker, under the name that the reference gives its first. */
const invokerName = 'invoker0';

/** What an operator asks without credentials (openwhisk-api.md §1.4). One process is controller and invoker in one. */
export function createOperatorApi(deps: {
  readonly invoker: Pick<ActivationInvoker, 'inFlight'>;
  readonly ready: () => boolean;
  /** Absent: nothing is counted, and there is no `/metrics`. */
  readonly counted?: Metrics;
}): PublicRoute[] {
  const { counted } = deps;
  const routes: PublicRoute[] = [
    {
      path: '/invokers',
      summary: 'The invokers and whether they are up',
      run: () => ok(JSON.stringify({ [invokerName]: deps.ready() ? 'up' : 'down' })),
    },
    { path: '/invokers/healthy/count', summary: 'How many invokers are up', run: () => ok(deps.ready() ? '1' : '0') },
    {
      path: '/activation/count',
      summary: 'How many activations run or wait',
      run: () => ok(String(deps.invoker.inFlight)),
    },
  ];
  if (counted === undefined) return routes;
  const metrics: PublicRoute = {
    path: '/metrics',
    summary: 'Counters of activations for Prometheus',
    run: () => ({ status: 200, text: counted.text(), type: 'text/plain; version=0.0.4; charset=utf-8' }),
  };
  return [...routes, metrics];
}
