import type { LogLine } from '../../platform/launcher/log-reader.js';

/** A line of the platform's log as it is, or as one JSON object a line (C-49). */
export function platformLogLine(line: LogLine, form: 'text' | 'json'): string {
  if (form === 'text') return line.text;
  const { time, level, component, message } = line;
  return JSON.stringify({ time, level, component, message });
}
