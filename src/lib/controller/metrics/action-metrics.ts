import { statusWords } from '../../entity/activation.js';
import { isJsonObject, type JsonValue, numberOf, parseJson } from '../../entity/json.js';
import type { FinishedActivation } from '../../invoker/invoker.js';
import { Counters, label } from './counters.js';
import { Histogram, sizeBounds, timeBounds } from './histogram.js';

/** Most kinds and memory sizes, or codes, that are counted for one action. */
const maxLabels = 100;

/** What is counted of one action. */
export class ActionMetrics {
  /** By kind and memory, which change with updates. */
  readonly activations = new Counters(maxLabels);
  readonly statuses = new Counters(maxLabels);
  /** By the `statusCode` of the result. */
  readonly codes = new Counters(maxLabels);
  coldStarts = 0;
  /** MB of the last activation. */
  memory = 0;
  readonly waitTime = new Histogram(timeBounds);
  readonly initTime = new Histogram(timeBounds);
  readonly duration = new Histogram(timeBounds);
  readonly size = new Histogram(sizeBounds);

  record({ kind, memory }: { readonly kind: string; readonly memory: number }, finished: FinishedActivation): void {
    const { duration, size, waitTime, initTime } = finished;
    this.memory = memory;
    this.activations.add(`${label('kind', kind)},${label('memory', String(memory))}`);
    this.statuses.add(label('status', statusWords[finished.statusCode]));
    const code = codeIn(finished.result);
    if (code !== undefined) this.codes.add(label('status_code', String(code)));
    this.duration.observe(duration / 1_000);
    if (size !== undefined) this.size.observe(size);
    this.waitTime.observe(waitTime / 1_000);
    if (initTime === undefined) return;
    this.coldStarts += 1;
    this.initTime.observe(initTime / 1_000);
  }
}

/**
 * The status that an action gives in its error or its result; one that is no whole number counts as 400, as in the reference. Most results
 * have none, and are not read.
 */
function codeIn(text: string): number | undefined {
  if (!text.includes('"statusCode"')) return undefined;
  const result = valueOf(text);
  if (!isJsonObject(result)) return undefined;
  const { error } = result;
  const given = (isJsonObject(error) ? error['statusCode'] : undefined) ?? result['statusCode'];
  if (given === undefined) return undefined;
  const code = numberOf(given);
  return code !== undefined && Number.isSafeInteger(code) ? code : 400;
}

/** Undefined for what is nested too deeply. */
function valueOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
