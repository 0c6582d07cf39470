import { jsonMember, jsonMembers } from '../json-text.js';

/** A log line of the platform in parts; lines of another form, such as the ids of a sequence's components, are only a message. */
export interface LogLine {
  readonly time?: string;
  readonly stream?: string;
  readonly message: string;
}

const form = /^(\d{4}-\d\d-\d\dT\S+Z)\s+(stdout|stderr): ?([\s\S]*)$/;

/** The lines in `logs` of a record, or of the answer to `…/logs` (openwhisk-api.md §10.2). */
export function logLines(document: string): readonly string[] {
  const logs = jsonMember(document, ['logs']) ?? '[]';
  return jsonMembers(logs).map(({ value }) => {
    const line: unknown = JSON.parse(value);
    return typeof line === 'string' ? line : value;
  });
}

/** Splits a line into time, stream and message. */
export function parseLogLine(line: string): LogLine {
  const [, time, stream, message] = form.exec(line) ?? [];
  if (time === undefined || stream === undefined || message === undefined) return { message: line };
  return { time, stream, message };
}

/** A line without its time and stream (`--strip`). */
export function strippedLine(line: string): string {
  return parseLogLine(line).message;
}
