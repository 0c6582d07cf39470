import { statusWords, type WhiskActivation } from '../entity/activation.js';
import type { ActivationEntry, OpenActivation } from '../database/activation-store.js';
import type { Identity } from '../entity/identity.js';
import type { ActivationMessage, ExecutableAction } from './activation-message.js';
import { textsOf } from './executable-texts.js';
import type { FinishedActivation } from './invoker.js';
import { type ActivationOutcome, failure } from './result-mapping.js';

/** What is known of an activation when it has ended. */
export interface ActivationFacts {
  readonly message: ActivationMessage;
  readonly outcome: ActivationOutcome;
  /** Epoch milliseconds: begin of the run, less the time of the initialization. */
  readonly start: number;
  /** Whole milliseconds of initialization and run together. */
  readonly duration: number;
  /** Milliseconds from the request to the begin of initialization or run. */
  readonly waitTime: number;
  /** Milliseconds of the initialization; its absence means a warm start. */
  readonly initTime?: number;
  readonly logs: readonly string[];
}

/** The finished activation for the caller and the same for the store. */
export interface BuiltActivation {
  readonly finished: FinishedActivation;
  readonly entry: ActivationEntry;
}

/** A message whose arguments do not matter. */
type UnstartedActivation = Omit<ActivationMessage, 'content' | 'initEnvironment'>;

type Texts = Pick<ActivationEntry, 'record' | 'summary'>;
type FilterColumns = Pick<ActivationEntry, 'activationId' | 'namespace' | 'name' | 'package'>;

const causedBy = ',{"key":"causedBy","value":"sequence"}';

/** What records begin their response with, by status code. */
const responses = statusWords.map(
  (status, code) => `"response":{"status":"${status}","success":${String(code === 0)},`,
);

/** The parts of a record that have to be known before its end, as JSON text. */
interface Parts {
  /** The members that records, summaries and templates begin with. */
  readonly names: string;
  readonly subject: string;
  /** Ids need no escapes. */
  readonly ids: string;
  readonly start: number;
  /** Without brackets. */
  readonly annotations: string;
}

/**
 * Builds the record and its list summary (openwhisk-api.md §10.1, §10.4). The result is spliced in as the text it is.
 * `end = start + duration` with a monotonic duration, so that a jump of the clock does not show (RS-128).
 */
export function buildActivation(facts: ActivationFacts): BuiltActivation {
  const { message, outcome, start, duration, waitTime, initTime } = facts;
  const init = initTime === undefined ? '' : `,{"key":"initTime","value":${String(initTime)}}`;
  const times = `{"key":"timeout","value":${String(outcome.timedOut)}},{"key":"waitTime","value":${String(waitTime)}}`;
  const parts = partsOf(message, start);
  const ended: Parts = { ...parts, annotations: `${parts.annotations},${times}${init}` };
  const { record, summary } = writeTexts(ended, duration, outcome, facts.logs);
  const { statusCode, result, size } = outcome;
  const { activationId } = message;
  return {
    finished: { statusCode, result, record, activationId, duration, size, waitTime, initTime },
    entry: { ...filterColumns(message), start, record, summary },
  };
}

/** The templates of activations without a cause, by their actions: for one subject each, as an action mostly has one. */
const templates = new WeakMap<ExecutableAction, { readonly identity: Identity; readonly template: string }>();

/** What the store needs to know of an activation before it is started (RS-102): see `closeOpenActivation`. */
export function openActivation(message: UnstartedActivation): OpenActivation {
  return { ...filterColumns(message), start: message.received, template: templateOf(message) };
}

function templateOf(message: UnstartedActivation): string {
  const { executable, identity, cause, causedBySequence } = message;
  if (cause !== undefined || causedBySequence === true) return writeTemplate(message);
  const known = templates.get(executable);
  if (known?.identity === identity) return known.template;
  const template = writeTemplate(message);
  templates.set(executable, { identity, template });
  return template;
}

function writeTemplate(message: UnstartedActivation): string {
  const { names, subject, annotations } = partsOf(message, message.received);
  const cause = message.cause === undefined ? '' : `,"cause":"${message.cause}"`;
  return `${names}${subject}${cause},"publish":false,"annotations":[${annotations}],"logs":[]}`;
}

/**
 * Ends the record of an activation that a platform left behind when it died (RS-104). `queued` when it is certain that
 * the action was not started; `now` in epoch milliseconds.
 */
export function closeOpenActivation(open: OpenActivation, reason: 'running' | 'queued', now: number): ActivationEntry {
  const { template, ...columns } = open;
  const known = JSON.parse(template) as Omit<WhiskActivation, 'activationId' | 'start' | 'response'>;
  const parts: Parts = {
    names: namesText(known.namespace, known),
    subject: subjectText(known.subject),
    ids: idsText({ ...known, activationId: open.activationId }),
    start: open.start,
    annotations: known.annotations.map((one) => JSON.stringify(one)).join(','),
  };
  const duration = Math.max(now, open.start) - open.start;
  return { ...columns, ...writeTexts(parts, duration, platformStopped(reason), known.logs) };
}

/** The outcome of an activation that the platform did not let end (RS-104, RS-145). */
export function platformStopped(reason: 'running' | 'queued'): ActivationOutcome {
  const when = reason === 'running' ? 'while this activation was running' : 'before this activation was started';
  return failure(3, `The platform stopped ${when}.`);
}

function partsOf(message: UnstartedActivation, start: number): Parts {
  const { executable, identity, causedBySequence } = message;
  const { nameTexts, annotationTexts } = textsOf(executable);
  return {
    names: `{"namespace":${JSON.stringify(identity.namespace)},${nameTexts}`,
    subject: subjectText(identity.subject),
    ids: idsText(message),
    start,
    annotations: causedBySequence === true ? annotationTexts + causedBy : annotationTexts,
  };
}

function namesText(namespace: string, { name, version }: { readonly name: string; readonly version: string }): string {
  return `{"namespace":${JSON.stringify(namespace)},"name":${JSON.stringify(name)},"version":${JSON.stringify(version)}`;
}

function subjectText(subject: string): string {
  return `,"subject":${JSON.stringify(subject)}`;
}

function idsText({ activationId, cause }: Pick<WhiskActivation, 'activationId' | 'cause'>): string {
  return `,"activationId":"${activationId}",${cause === undefined ? '' : `"cause":"${cause}",`}`;
}

/**
 * Writes record and summary by joining texts, because every activation passes here: both share all but a few members.
 * The summary's duration is `end - start` (§10.4), which is the same for one run.
 */
function writeTexts(
  { names, subject, ids, start, annotations }: Parts,
  duration: number,
  { statusCode, size, result }: ActivationOutcome,
  logs: readonly string[],
): Texts {
  const times = `"start":${String(start)},"end":${String(start + duration)},"duration":${String(duration)}`;
  const tail = `${ids}${times},"publish":false,"annotations":[${annotations}]`;
  const logTexts = logs.length === 0 ? '[]' : JSON.stringify(logs);
  const sizeText = size === undefined ? '' : `"size":${String(size)},`;
  return {
    record: `${names}${subject}${tail},"logs":${logTexts},${responses[statusCode] ?? ''}${sizeText}"result":${result}}}`,
    summary: `${names}${tail},"statusCode":${String(statusCode)}}`,
  };
}

/** The columns by which lists filter; through a binding the package is the binding's name (§10.4). */
function filterColumns({ executable, activationId, identity }: UnstartedActivation): FilterColumns {
  const { action } = executable;
  const { packageName } = textsOf(executable);
  return { activationId, namespace: identity.namespace, name: action.name, package: packageName };
}
