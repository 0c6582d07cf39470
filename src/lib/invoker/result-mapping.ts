import { ContainerCreationError } from '../containers/container-factory.js';
import type { RuntimeOutcome } from '../containers/container.js';
import type { StatusCode } from '../entity/activation.js';
import { isJsonObject } from '../entity/json.js';
import { maxPayloadBytes } from '../entity/limits.js';
import { memberText } from './member-text.js';

/** How an activation ended: the part of its record that depends on the runtime's answer. */
export interface ActivationOutcome {
  readonly statusCode: StatusCode;
  /** JSON text of an object or an array. */
  readonly result: string;
  /** Bytes of the runtime's answer; absent where no runtime answered. */
  readonly size?: number;
  /** Whether the time limit was hit. */
  readonly timedOut: boolean;
}

/** Time that one request took and the limit of the action, both in milliseconds. */
export interface StepTime {
  readonly elapsed: number;
  readonly limit: number;
}

type Answer = Extract<RuntimeOutcome, { type: 'answer' }>;

const outOfMemory = 'The action exhausted its memory and was aborted.';
const noValidResponse = 'The action did not produce a valid response and exited unexpectedly.';
const noResources = 'Failed to provision resources to run the action.';

/** An outcome that no runtime answered, with an error text. */
export function failure(statusCode: StatusCode, text: string): ActivationOutcome {
  return { statusCode, result: errorResult(JSON.stringify(text)), timedOut: false };
}

/** An exception in the invoker itself (action-interface.md §1.6, last table). */
export function invokerFailure(): ActivationOutcome {
  return failure(3, noValidResponse);
}

/** Why no container could be had (§1.6, last table); the platform's own faults say what to do where the driver knows it. */
export function creationFailure(error: unknown): ActivationOutcome {
  if (!(error instanceof ContainerCreationError)) return failure(3, noResources);
  if (error.fault === 'developer') return failure(2, error.message);
  return failure(3, error.message === '' ? noResources : `${noResources} ${error.message}`);
}

/** What a failed `/init` means for the activation (§1.6, first table). Not to be asked after a 200. */
export function initFailure(outcome: RuntimeOutcome, time: StepTime): ActivationOutcome {
  if (isTimedOut(outcome, time)) {
    return timeLimit(
      `The action exceeded its time limits of ${String(time.limit)} milliseconds during initialization.`,
    );
  }
  if (outcome.type !== 'answer') {
    return failure(2, isOutOfMemory(outcome) ? outOfMemory : 'The action did not initialize and exited unexpectedly.');
  }
  if (outcome.cutFrom !== undefined) return truncated(2, outcome, outcome.cutFrom);
  return developerError(outcome, parseOrNothing(outcome.body), 'The action failed during initialization');
}

/** What the answer to `/run`, or its absence, means for the activation (§1.6, second table, in its order). */
export function runOutcome(outcome: RuntimeOutcome, time: StepTime): ActivationOutcome {
  if (isTimedOut(outcome, time)) {
    return timeLimit(`The action exceeded its time limits of ${String(time.limit)} milliseconds.`);
  }
  if (outcome.type !== 'answer') return failure(2, isOutOfMemory(outcome) ? outOfMemory : noValidResponse);
  if (outcome.cutFrom !== undefined) return truncated(1, outcome, outcome.cutFrom);
  const value = parseOrNothing(outcome.body);
  if (outcome.status === 200 && typeof value === 'object' && value !== null) return passedOn(outcome, value);
  return developerError(outcome, value, 'The action did not produce a valid JSON or JSON Array response');
}

/** The result of a 200 is the text that came; only a result with `error` loses its other members (AI-325). */
function passedOn(answer: Answer, value: object): ActivationOutcome {
  const size = Buffer.byteLength(answer.body);
  if (!hasError(value)) return { statusCode: 0, result: answer.body.trim(), size, timedOut: false };
  const alone = Object.keys(value).length === 1;
  return { statusCode: 1, result: alone ? answer.body.trim() : onlyError(answer.body), size, timedOut: false };
}

function developerError(answer: Answer, value: unknown, text: string): ActivationOutcome {
  const quoted = answer.body === '' ? `${text}.` : `${text}: ${answer.body}`;
  const isError = answer.status !== 200 && isJsonObject(value) && hasError(value);
  const result = isError ? onlyError(answer.body) : errorResult(JSON.stringify(quoted));
  return { statusCode: 2, result, size: Buffer.byteLength(answer.body), timedOut: false };
}

function truncated(statusCode: StatusCode, answer: Answer, length: number): ActivationOutcome {
  const text =
    `The action produced a response that exceeded the allowed length: ${String(length)} > ${String(maxPayloadBytes)} bytes. ` +
    `The truncated response was: ${answer.body}`;
  return { statusCode, result: errorResult(JSON.stringify(text)), size: length, timedOut: false };
}

function timeLimit(text: string): ActivationOutcome {
  return { ...failure(2, text), timedOut: true };
}

function isTimedOut(outcome: RuntimeOutcome, { elapsed, limit }: StepTime): boolean {
  return outcome.type === 'timeout' || elapsed >= limit;
}

function isOutOfMemory(outcome: RuntimeOutcome): boolean {
  return outcome.type === 'lost' && outcome.outOfMemory;
}

function hasError(value: object): boolean {
  return !Array.isArray(value) && Object.hasOwn(value, 'error');
}

function onlyError(body: string): string {
  return errorResult(memberText(body, 'error') ?? 'null');
}

function errorResult(value: string): string {
  return `{"error":${value}}`;
}

/** The one parse of a result: it proves that the text is JSON and may stand in the record as it is. */
function parseOrNothing(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
