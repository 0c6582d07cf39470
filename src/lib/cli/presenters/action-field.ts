import { UsageError } from '../../errors/client-errors.js';
import { nearest } from '../did-you-mean.js';
import { jsonMember } from '../json-text.js';

/** Members of an action that a FIELD may begin with (§11.1). */
export const actionFields: readonly string[] = [
  'annotations',
  'binding',
  'exec',
  'limits',
  'name',
  'namespace',
  'parameters',
  'publish',
  'updated',
  'version',
];

/** Members of an activation that a FIELD may begin with (§11.2). */
export const activationFields: readonly string[] = [
  'activationId',
  'annotations',
  'cause',
  'duration',
  'end',
  'logs',
  'name',
  'namespace',
  'publish',
  'response',
  'start',
  'statusCode',
  'subject',
  'version',
];

/** Refuses a FIELD that cannot be there before anything is asked (C-55). Dotted paths are judged by their first part. */
export function checkField(field: string, fields: readonly string[]): void {
  const [first = ''] = field.split('.');
  if (!fields.some((known) => known.toLowerCase() === first.toLowerCase())) throw invalidField(field, fields);
}

/** The text of a member by its dotted path, whatever its case. Throws UsageError when there is none. */
export function fieldText(document: string, field: string, fields: readonly string[]): string {
  const value = jsonMember(document, field.split('.'), { ignoreCase: true });
  if (value === undefined) throw invalidField(field, fields);
  return value;
}

function invalidField(field: string, fields: readonly string[]): UsageError {
  const [first = ''] = field.split('.');
  const near = nearest(first, fields);
  const meant = near === undefined || near === first ? '' : `did you mean ${near}? `;
  return new UsageError(`Invalid field filter '${field}'.`, { hint: `${meant}fields: ${fields.join(', ')}` });
}
