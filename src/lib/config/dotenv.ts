import { parseKeyValueLine } from './key-value-line.js';

/** The variables of a `.env` text; of equal names the last counts. `export ` before a name is dropped. */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const entry = parseKeyValueLine(line);
    if (entry !== undefined) variables.set(entry.key.replace(/^export\s+/, ''), entry.value);
  }
  return variables;
}
