import type { Entitlement } from '../entitlement/entitlement.js';
import type { Throttle } from '../entitlement/throttle.js';
import { AlarmActions } from '../feeds/alarm-actions.js';
import { AlarmBook } from '../feeds/alarm-book.js';
import { AlarmClock } from '../feeds/alarm-clock.js';
import { TriggerFiring } from '../feeds/trigger-firing.js';
import { RecordWriter } from '../invoker/record-writer.js';
import { ActionWriter } from './action-writer.js';
import { ActionInvocation } from './action-invocation.js';
import { ActionReader } from './action-reader.js';
import { createActionsApi } from './actions-api.js';
import { ActivationWait } from './activation-wait.js';
import { createActivationsApi } from './activations-api.js';
import { AlarmTriggerRights } from './alarm-trigger-rights.js';
import type { Authenticator } from './authentication.js';
import { ActionRunner } from './compositions/action-runner.js';
import { BuiltInActions } from './compositions/built-in-actions.js';
import { ComponentResolver } from './compositions/component-resolver.js';
import type { ControllerDeps } from './controller-deps.js';
import type { EntityCache } from './entity-cache.js';
import { ApiOperations } from './gateway/api-operations.js';
import { Gateway, gatewayPath } from './gateway/gateway.js';
import { GatewayManagement, managementPath } from './gateway/gateway-management.js';
import { createLimitsApi } from './limits-api.js';
import { createLogForwardingApi } from './log-forwarding-api.js';
import { createNamespacesApi } from './namespaces-api.js';
import { createOperatorApi } from './operator-api.js';
import { PackageReader } from './package-reader.js';
import { PackageWriter } from './package-writer.js';
import { createPackagesApi } from './packages-api.js';
import type { Collection, PublicRoute } from './route.js';
import { RuleInvocation } from './rule-invocation.js';
import { RuleReader } from './rule-reader.js';
import { RuleWriter } from './rule-writer.js';
import { createRulesApi } from './rules-api.js';
import { SequenceValidator } from './sequences/sequence-validator.js';
import { createServerInfoApi } from './server-info-api.js';
import { TriggerAlarms } from './trigger-alarms.js';
import { TriggerWriter } from './trigger-writer.js';
import { createTriggersApi } from './triggers-api.js';
import { ExportedActions } from './web/exported-action.js';
import { WebActions } from './web/web-actions.js';

type Deps = ControllerDeps & {
  readonly artifacts: EntityCache;
  readonly throttle: Throttle;
  readonly entitlement: Entitlement;
  readonly authenticator: Authenticator;
};

/** How actions are found and run and triggers fired; shared by all that do so. */
export interface Operations {
  readonly reader: ActionReader;
  readonly resolver: ComponentResolver;
  readonly runner: ActionRunner;
  readonly wait: ActivationWait;
  readonly invocation: ActionInvocation;
  readonly firing: TriggerFiring;
  /** Writes what does not run in a container; the caller closes it. */
  readonly records: RecordWriter;
  /** Fires the triggers of alarms; the caller starts and stops it. */
  readonly alarmClock: AlarmClock;
}

/** Puts together what the collections and the web actions have in common. */
export function createOperations(deps: Deps): Operations {
  const reader = new ActionReader(deps);
  const resolver = new ComponentResolver({ ...deps, reader });
  const records = new RecordWriter({ ...deps, store: deps.activations });
  const book = new AlarmBook({ store: deps.alarms, log: deps.log });
  const alarms = new AlarmActions({ book, rights: new AlarmTriggerRights(deps), clock: deps.clock });
  const builtIn = new BuiltInActions({ ...deps, alarms, records });
  const runner = new ActionRunner({ ...deps, resolver, builtIn, records });
  const wait = new ActivationWait({ ...deps, runner });
  const invocation = new ActionInvocation({ ...deps, reader, runner, wait });
  const firing = new TriggerFiring({ ...deps, rules: new RuleInvocation({ ...deps, invocation }) });
  const alarmClock = new AlarmClock({ ...deps, book, triggers: new TriggerAlarms({ ...deps, firing }) });
  return { reader, resolver, runner, wait, invocation, firing, records, alarmClock };
}

/** The collections of the REST API (openwhisk-api.md §1.1): one line for each, and the only place that lists them. */
export function createCollections(deps: Deps & Operations): readonly Collection[] {
  const { reader, resolver, invocation } = deps;
  const sequences = new SequenceValidator({ ...deps, resolver });
  return [
    createNamespacesApi(),
    createLimitsApi(deps),
    createActionsApi({
      artifacts: deps.artifacts,
      reader,
      writer: new ActionWriter({ ...deps, reader, sequences }),
      invocation,
    }),
    createPackages(deps),
    createTriggers(deps),
    createRules(deps),
    createActivationsApi(deps),
    createLogForwardingApi(deps),
  ];
}

function createPackages(deps: Deps): Collection {
  const reader = new PackageReader(deps);
  return createPackagesApi({ reader, writer: new PackageWriter({ ...deps, reader }) });
}

function createTriggers(deps: Deps & Operations): Collection {
  const { artifacts, firing } = deps;
  return createTriggersApi({ artifacts, writer: new TriggerWriter(deps), firing });
}

function createRules(deps: Deps): Collection {
  const reader = new RuleReader(deps);
  return createRulesApi({ artifacts: deps.artifacts, reader, writer: new RuleWriter({ ...deps, reader }) });
}

/**
 * What anybody may call by its address, by the path it is served at: web actions (openwhisk-api.md §17), the gateway's
 * routes to them and its management (§18).
 */
export function createWebServices(deps: Deps & Operations): ReadonlyMap<string, Pick<WebActions, 'serve'>> {
  const actions = new WebActions({ ...deps, exported: new ExportedActions(deps) });
  return new Map<string, Pick<WebActions, 'serve'>>([
    ['/api/v1/web/*', actions],
    [managementPath, new GatewayManagement({ operations: new ApiOperations(deps) })],
    [gatewayPath, new Gateway({ ...deps, actions })],
  ]);
}

/** What is answered without credentials (openwhisk-api.md §1.2). */
export function createPublicRoutes(
  deps: Parameters<typeof createOperatorApi>[0] & ControllerDeps,
  collections: readonly Collection[],
): readonly PublicRoute[] {
  return createServerInfoApi(deps, collections, createOperatorApi(deps));
}
