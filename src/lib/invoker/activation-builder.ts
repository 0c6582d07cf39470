import { statusWords, type WhiskActivation } from '../entity/activation.js';
import type { KeyValue } from '../entity/parameters.js';
import type { ActivationEntry, OpenActivation } from '../database/activation-store.js';
import type { ActivationMessage } from './activation-message.js';
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

const causedBy: KeyValue = { key: 'causedBy', value: 'sequence' };

/** A record but for its logs and response; always with an end. */
type Head = Omit<WhiskActivation, 'logs' | 'response'> & { readonly end: number; readonly duration: number };

/**
 * Builds the record and its list summary (openwhisk-api.md §10.1, §10.4). The result is spliced in as the text it is.
 * `end = start + duration` with a monotonic duration, so that a jump of the clock does not show (RS-128).
 */
export function buildActivation(facts: ActivationFacts): BuiltActivation {
  const { message, outcome, start, duration } = facts;
  const head = headOf(facts, start + duration);
  const { statusCode, result, size } = outcome;
  const known = { status: statusWords[statusCode], success: statusCode === 0 };
  const response = size === undefined ? known : { ...known, size };
  const texts = writeTexts(head, outcome, facts.logs, annotationTexts(facts));
  return {
    finished: { statusCode, result, record: texts.record, activation: { ...head, response } },
    entry: entryOf(filterColumns(message), start, texts),
  };
}

function entryOf(
  { activationId, namespace, name, package: inPackage }: FilterColumns,
  start: number,
  { record, summary }: Texts,
): ActivationEntry {
  return { activationId, namespace, name, package: inPackage, start, record, summary };
}

/** What the store needs to know of an activation before it is started (RS-102): see `closeOpenActivation`. Joined from texts, as records are. */
export function openActivation(message: UnstartedActivation): OpenActivation {
  const columns = filterColumns(message);
  const { version } = message.executable.action;
  const { namespace, subject } = message.identity;
  const start = message.received;
  const cause = message.cause === undefined ? '' : `"cause":${quote(message.cause)},`;
  const template =
    `${namesText(namespace, columns.name, version)},"subject":${quote(subject)},` +
    `"activationId":${quote(message.activationId)},${cause}"start":${String(start)},"publish":false,` +
    `"annotations":[${definitionTexts(message)}],"logs":[]}`;
  return { ...columns, start, template };
}

/**
 * Ends the record of an activation that a platform left behind when it died (RS-104). `queued` when it is certain that
 * the action was not started; `now` in epoch milliseconds.
 */
export function closeOpenActivation(open: OpenActivation, reason: 'running' | 'queued', now: number): ActivationEntry {
  const { template, ...columns } = open;
  const { logs, ...known } = JSON.parse(template) as Omit<WhiskActivation, 'response'>;
  const end = Math.max(now, open.start);
  const head: Head = { ...known, end, duration: end - open.start };
  const annotations = known.annotations.map((one) => JSON.stringify(one)).join(',');
  return { ...columns, ...writeTexts(head, platformStopped(reason), logs, annotations) };
}

/** The outcome of an activation that the platform did not let end (RS-104, RS-145). */
export function platformStopped(reason: 'running' | 'queued'): ActivationOutcome {
  const when = reason === 'running' ? 'while this activation was running' : 'before this activation was started';
  return failure(3, `The platform stopped ${when}.`);
}

/** Written out, because every activation passes here: spreads cost as much as the texts (P-23). */
function headOf(facts: ActivationFacts, end: number): Head {
  const { message, start, duration } = facts;
  const { name, version } = message.executable.action;
  const { namespace, subject } = message.identity;
  const { activationId, cause } = message;
  const annotations = annotationsOf(facts);
  const head: Head = {
    namespace,
    name,
    version,
    subject,
    activationId,
    start,
    end,
    duration,
    publish: false,
    annotations,
  };
  return cause === undefined ? head : { ...head, cause };
}

function annotationsOf({ message, outcome, waitTime, initTime }: ActivationFacts): KeyValue[] {
  const times: KeyValue[] = [
    { key: 'timeout', value: outcome.timedOut },
    { key: 'waitTime', value: waitTime },
  ];
  if (initTime !== undefined) times.push({ key: 'initTime', value: initTime });
  return [...definitionAnnotations(message), ...times];
}

function definitionAnnotations({ executable, causedBySequence }: UnstartedActivation): readonly KeyValue[] {
  const { annotations } = textsOf(executable);
  return causedBySequence === true ? [...annotations, causedBy] : annotations;
}

/** The annotations of `annotationsOf` as texts, without brackets. */
function annotationTexts({ message, outcome, waitTime, initTime }: ActivationFacts): string {
  const init = initTime === undefined ? '' : `,{"key":"initTime","value":${String(initTime)}}`;
  const times = `{"key":"timeout","value":${String(outcome.timedOut)}},{"key":"waitTime","value":${String(waitTime)}}`;
  return `${definitionTexts(message)},${times}${init}`;
}

function definitionTexts({ executable, causedBySequence }: UnstartedActivation): string {
  const texts = textsOf(executable).annotationTexts;
  return causedBySequence === true ? `${texts},${JSON.stringify(causedBy)}` : texts;
}

/**
 * Writes record and summary by joining texts, because every activation passes here: both share all but a few members.
 * The summary's duration is `end - start` (§10.4), which is the same for one run.
 */
function writeTexts(head: Head, outcome: ActivationOutcome, logs: readonly string[], annotations: string): Texts {
  const { statusCode, size, result } = outcome;
  const names = namesText(head.namespace, head.name, head.version);
  const cause = head.cause === undefined ? '' : `"cause":${quote(head.cause)},`;
  const times = `"start":${String(head.start)},"end":${String(head.end)},"duration":${String(head.duration)}`;
  const tail =
    `,"activationId":${quote(head.activationId)},${cause}${times},"publish":false,` + `"annotations":[${annotations}]`;
  const sizeText = size === undefined ? '' : `"size":${String(size)},`;
  const response =
    `{"status":${quote(statusWords[statusCode])},"success":${String(statusCode === 0)},${sizeText}` +
    `"result":${result}}`;
  return {
    record: `${names},"subject":${quote(head.subject)}${tail},"logs":${logs.length === 0 ? '[]' : JSON.stringify(logs)},"response":${response}}`,
    summary: `${names}${tail},"statusCode":${String(statusCode)}}`,
  };
}

/** The members that records, summaries and templates begin with. */
function namesText(namespace: string, name: string, version: string): string {
  return `{"namespace":${quote(namespace)},"name":${quote(name)},"version":${quote(version)}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** The columns by which lists filter; through a binding the package is the binding's name (§10.4). */
function filterColumns(message: UnstartedActivation): FilterColumns {
  const { action, binding } = message.executable;
  return {
    activationId: message.activationId,
    namespace: message.identity.namespace,
    name: action.name,
    package: afterSlash(binding ?? action.namespace),
  };
}

function afterSlash(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(slash + 1);
}
