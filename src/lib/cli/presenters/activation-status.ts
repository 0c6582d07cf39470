import { exitStatus } from '../../errors/exit-status.js';
import { PresentedFailure } from '../presented-failure.js';
import { isJsonObject, type JsonObject, numberOf, parseJson } from '../../entity/json.js';
import { annotationOf, textOf } from '../../client/list-records.js';

/** Words of tables for status codes 0 to 3 (C-46). */
const words = ['success', 'application error', 'developer error', 'internal error'];

/** Words of records, by the code they stand for. */
const codes: Readonly<Record<string, number>> = {
  success: 0,
  'application error': 1,
  'action developer error': 2,
  'whisk internal error': 3,
};

const developerError = 2;

/** Status of an activation, a summary or a whole record, as tables show it (C-46). */
export function shownStatus(activation: JsonObject): string {
  const code = statusCodeOf(activation);
  if (code === developerError && annotationOf(activation, 'timeout') === true) return 'timeout';
  return words[code] ?? '-';
}

/** Whether an activation failed. */
function hasFailed(activation: JsonObject): boolean {
  return statusCodeOf(activation) > 0;
}

/** The code 0 to 3 of an activation: whole records say it in words, summaries of lists with a number (openwhisk-api.md §10.1, §10.4). */
export function statusCodeOf(activation: JsonObject): number {
  const { response } = activation;
  const status = isJsonObject(response) ? textOf(response, 'status') : undefined;
  return (status === undefined ? numberOf(activation['statusCode']) : codes[status]) ?? 0;
}

/** The error that sets the exit status for a record, or the answer to `…/result`, of a failed activation (C-52). */
export function failureOfRecord(document: string): PresentedFailure | undefined {
  const activation = parseJson(document);
  if (!isJsonObject(activation)) return undefined;
  const failed = hasFailed('response' in activation ? activation : { response: activation });
  return failed ? new PresentedFailure('app_error', exitStatus.actionFailed) : undefined;
}
