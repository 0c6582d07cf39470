import { MalformedContent, Rejection } from '../errors/rejection.js';
import { isJsonObject, type JsonValue, numberOf } from './json.js';
import { messages } from './messages.js';

/** Limits of an action as stored and shown: `timeout` in ms, `memory` and `logs` in MB (openwhisk-api.md §7.4). */
export interface ActionLimits {
  readonly timeout: number;
  readonly memory: number;
  readonly logs: number;
  readonly concurrency: number;
  readonly instances?: number;
}

/** What an action gets that says nothing about its limits. */
export const defaultActionLimits: ActionLimits = { timeout: 60_000, memory: 256, logs: 10, concurrency: 1 };

/** Largest payload, result and parameter set: 1 MB, inclusive (openwhisk-api.md §2.6). */
export const maxPayloadBytes = 1_048_576;

/** Largest action code: 48 MB. */
export const maxExecBytes = 50_331_648;

/** Largest body of any request: 50 MB (openwhisk-api.md §2.6). */
export const maxEntityBytes = 52_428_800;

/** Most components of a sequence (openwhisk-api.md §20). */
export const maxSequenceLength = 50;

/** A bound of one limit, both ends allowed. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** Bounds of the limits of an action: `timeout` in ms, `memory` and `logs` in MB (openwhisk-api.md §20). */
export interface ActionLimitBounds {
  readonly timeout: Range;
  readonly memory: Range;
  readonly logs: Range;
  readonly concurrency: Range;
}

/** The bounds of a stock platform. */
export const defaultActionLimitBounds: ActionLimitBounds = {
  timeout: { min: 100, max: 300_000 },
  memory: { min: 128, max: 512 },
  logs: { min: 0, max: 10 },
  concurrency: { min: 1, max: 1 },
};

/** Limits of a request body: only what the client gave. */
export type GivenLimits = Partial<ActionLimits>;

const limitNames = ['timeout', 'memory', 'logs', 'concurrency', 'instances'] as const;

/** Reads `limits` of a request body without looking at bounds; throws MalformedContent (openwhisk-api.md §7.4). */
export function parseActionLimits(value: JsonValue): GivenLimits {
  if (!isJsonObject(value)) throw new MalformedContent('limits must be an object');
  const given = limitNames.filter((name) => value[name] !== undefined);
  const limits: GivenLimits = Object.fromEntries(given.map((name) => [name, wholeNumber(name, value[name])]));
  if (limits.instances !== undefined && limits.instances < 0) throw new MalformedContent(messages.instancesNegative);
  return limits;
}

/** Refuses limits outside the bounds with the texts of openwhisk-api.md §7.4; `instances` is bound by the concurrency. */
export function checkActionLimits(limits: GivenLimits, bounds: ActionLimitBounds, concurrency: number): void {
  check(limits.timeout, bounds.timeout, 'duration', ' milliseconds');
  check(limits.memory, bounds.memory, 'memory size', ' MB');
  check(limits.logs, bounds.logs, 'log size', ' MB');
  check(limits.concurrency, bounds.concurrency, 'concurrency', '');
  if (limits.instances !== undefined && limits.instances > concurrency) {
    throw new Rejection(400, messages.instancesTooMany(concurrency));
  }
}

function wholeNumber(name: string, value: JsonValue | undefined): number {
  const number = numberOf(value);
  if (!Number.isSafeInteger(number)) throw new MalformedContent(messages.wholeNumber(name));
  return number ?? 0;
}

function check(is: number | undefined, { min, max }: Range, what: string, unit: string): void {
  if (is === undefined || (is >= min && is <= max)) return;
  const [relation, bound] = is > max ? ['exceeds', max] : ['below', min];
  throw new Rejection(
    400,
    `requirement failed: ${what} ${String(is)}${unit} ${relation} allowed threshold of ${String(bound)}${unit}`,
  );
}
