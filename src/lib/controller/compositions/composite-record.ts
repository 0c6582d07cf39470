import type { ActivationEntry, OpenActivation } from '../../database/activation-store.js';
import { statusWords, type WhiskActivation } from '../../entity/activation.js';
import type { KeyValue } from '../../entity/parameters.js';
import { stringifyJson } from '../../entity/json.js';
import type { BuiltActivation } from '../../invoker/activation-builder.js';
import type { ActivationOrder, Outcome } from './activation-order.js';

/** What is known of a sequence or composition when it has ended. */
export interface CompositeFacts {
  readonly order: ActivationOrder;
  readonly outcome: Outcome;
  /** Epoch milliseconds at which it began. */
  readonly start: number;
  /** Whole milliseconds from its begin to its end. */
  readonly elapsed: number;
  /** Sum of the durations of what ran in it, in milliseconds. */
  readonly duration: number;
  /** Ids of what ran directly in it, in order. */
  readonly logs: readonly string[];
  /** Largest memory of what ran in it, in MB; absent when nothing ran. */
  readonly memory: number | undefined;
}

type Known = Omit<WhiskActivation, 'logs' | 'response'>;

/** Builds record and summary of a sequence or composition (openwhisk-api.md §10.1, §11.3, §12.2). */
export function buildComposite(facts: CompositeFacts): BuiltActivation {
  const { order, outcome, start, duration } = facts;
  const { statusCode, result, size } = outcome;
  const { activationId } = order;
  const waitTime = Math.max(0, start - order.received);
  const end = start + Math.max(facts.elapsed, duration);
  const known = {
    ...identify(order, start),
    end,
    duration,
    publish: false as const,
    annotations: [...definitionAnnotations(order, facts.memory), { key: 'waitTime', value: waitTime }],
  };
  const response = {
    status: statusWords[statusCode],
    success: statusCode === 0,
    ...(size === undefined ? {} : { size }),
  };
  // The result is spliced in as the text it is.
  const responseText = `${JSON.stringify(response).slice(0, -1)},"result":${result}}`;
  const record = `${stringifyJson({ ...known, logs: facts.logs }).slice(0, -1)},"response":${responseText}}`;
  const { subject, ...summarised } = known;
  // Unlike the record, a list shows the time from begin to end (§10.4).
  const summary = stringifyJson({ ...summarised, duration: end - start, statusCode });
  return {
    finished: { statusCode, result, record, activationId, duration, size, waitTime, initTime: undefined },
    entry: { ...filterColumns(order), start, record, summary },
  };
}

/** What the store keeps of a sequence or composition that was accepted and has not ended (RS-102, RS-104). */
export function openComposite(order: ActivationOrder): OpenActivation {
  const start = order.received;
  const annotations = definitionAnnotations(order, undefined);
  const template = stringifyJson({ ...identify(order, start), publish: false, annotations, logs: [] });
  return { ...filterColumns(order), start, template };
}

function identify(order: ActivationOrder, start: number): Omit<Known, 'publish' | 'annotations'> {
  const { action } = order.action.executable;
  return {
    namespace: order.identity.namespace,
    name: action.name,
    version: action.version,
    subject: order.identity.subject,
    activationId: order.activationId,
    ...(order.cause === undefined ? {} : { cause: order.cause }),
    start,
  };
}

function definitionAnnotations(order: ActivationOrder, memory: number | undefined): KeyValue[] {
  const { action, binding } = order.action.executable;
  const limits = memory === undefined ? [] : [{ key: 'limits', value: { ...action.limits, memory } }];
  return [
    { key: 'path', value: `${action.namespace}/${action.name}` },
    { key: 'kind', value: 'sequence' },
    ...limits,
    ...(binding === undefined ? [] : [{ key: 'binding', value: binding }]),
    ...(order.cause === undefined ? [] : [{ key: 'causedBy', value: 'sequence' }]),
    { key: 'topmost', value: order.cause === undefined },
    ...(order.action.composite === 'composition' ? [{ key: 'conductor', value: true }] : []),
  ];
}

/** The columns by which lists filter; through a binding the package is the binding's name (§10.4). */
function filterColumns(
  order: ActivationOrder,
): Pick<ActivationEntry, 'activationId' | 'namespace' | 'name' | 'package'> {
  const { action, binding } = order.action.executable;
  const [, packageName = ''] = (binding ?? action.namespace).split('/');
  return {
    activationId: order.activationId,
    namespace: order.identity.namespace,
    name: action.name,
    package: packageName,
  };
}
