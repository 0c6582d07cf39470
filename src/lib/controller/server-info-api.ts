import { maxSequenceLength } from '../entity/limits.js';
import { boundsOf, type NamespaceLimitsBook } from '../entity/namespace-limits.js';
import { type Answer, ok } from './answer.js';
import { toApiDocument } from './api-document.js';
import type { ControllerDeps } from './controller-deps.js';
import type { Collection, PublicRoute } from './route.js';

const megabyte = 1_048_576;

/** What the server says about itself without credentials (openwhisk-api.md §1.2); `operator` is what it says to operators (§1.4). */
export function createServerInfoApi(
  deps: ControllerDeps,
  collections: readonly Collection[],
  operator: readonly PublicRoute[],
): PublicRoute[] {
  const platform = JSON.stringify(toPlatformDocument(deps));
  const api = JSON.stringify(toApiInformation(deps.build));
  const described: PublicRoute[] = [
    { path: '/', summary: 'Platform information: runtimes and limits', run: () => ok(platform) },
    {
      path: '/ping',
      summary: 'Whether the server answers',
      run: () => ({ status: 200, text: 'pong', type: 'text/plain' }),
    },
    { path: '/invokers/ready', summary: 'Whether actions can be run', run: () => readiness(deps.ready()) },
    ...operator,
    { path: '/api/v1', summary: 'API information', run: () => ok(api) },
    { path: '/api/v1/', summary: 'API information', run: () => ok(api) },
    { path: '/api/v1/docs', summary: 'Leads to the documentation', run: redirectToDocs },
  ];
  const apiDocs = { path: '/api/v1/api-docs', summary: 'This description' };
  const text = JSON.stringify(toApiDocument([...described, apiDocs], collections, deps.build.number));
  return [...described, { ...apiDocs, run: () => ok(text) }];
}

/** Durations are milliseconds, memory and log sizes bytes. */
function toPlatformDocument(deps: ControllerDeps): object {
  return {
    description: 'OpenWhisk',
    support: { github: 'https://github.com/apache/openwhisk/issues', slack: 'http://slack.openwhisk.org' },
    api_paths: ['/api/v1'],
    limits: toPlatformLimits(deps.limits),
    runtimes: deps.manifest.toInfo(),
  };
}

/** What holds for a namespace of which the operator said nothing, and the widest bounds that any namespace has. */
function toPlatformLimits({ general, widest }: NamespaceLimitsBook): object {
  const { timeout, memory, logs } = boundsOf(general);
  return {
    actions_per_minute: general.invocationsPerMinute,
    triggers_per_minute: general.firesPerMinute,
    concurrent_actions: general.concurrentInvocations,
    sequence_length: maxSequenceLength,
    default_min_action_duration: timeout.min,
    default_max_action_duration: timeout.max,
    default_min_action_memory: memory.min * megabyte,
    default_max_action_memory: memory.max * megabyte,
    default_min_action_logs: logs.min * megabyte,
    default_max_action_logs: logs.max * megabyte,
    min_action_duration: widest.timeout.min,
    max_action_duration: widest.timeout.max,
    min_action_memory: widest.memory.min * megabyte,
    max_action_memory: widest.memory.max * megabyte,
    min_action_logs: widest.logs.min * megabyte,
    max_action_logs: widest.logs.max * megabyte,
  };
}

function toApiInformation(build: ControllerDeps['build']): object {
  return {
    description: 'OpenWhisk API',
    api_version: '1.0.0',
    api_version_path: 'v1',
    build: build.date,
    buildno: build.number,
    swagger_paths: { ui: '/docs', 'api-docs': '/api-docs' },
  };
}

/** One process is controller and invoker in one. */
function readiness(ready: boolean): Answer {
  return ready ? ok('{"healthy":"1/1"}') : { status: 500, text: '{"unhealthy":"0/1"}' };
}

function redirectToDocs(): Answer {
  return { status: 308, text: '', headers: { Location: 'docs/index.html?url=/api/v1/api-docs' } };
}
