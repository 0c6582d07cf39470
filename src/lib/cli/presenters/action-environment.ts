import { isJsonObject, type JsonValue, parseJson, stringifyJson } from '../../entity/json.js';
import { UsageError } from '../../errors/client-errors.js';
import { parseKeyValueLine, printValue } from '../../config/key-value-line.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Form of a file with environment values: `.env` lines, or one JSON object. `--env-file` reads both. */
export type EnvironmentForm = 'dotenv' | 'json';

/** The environment values of an action (its parameters with `init`) as the text of a file (§11.1, `--save-env`). Throws UsageError. */
export function environmentText(action: string, form: EnvironmentForm): string {
  const values = environmentOf(action);
  if (form === 'json') return `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`;
  return values.map(([name, value]) => `${dotenvLine(name, value)}\n`).join('');
}

/** Tells where environment values were saved to, or prints them exactly as the file would hold them. */
export class EnvironmentSavedPresenter implements Presenter {
  constructor(
    private readonly saved: {
      /** The action, JSON text. */
      readonly body: string;
      /** Absolute path; absent when the values go to stdout. */
      readonly path?: string;
      readonly form: EnvironmentForm;
    },
  ) {}

  text(terminal: Terminal): void {
    const { body, path, form } = this.saved;
    if (path === undefined) terminal.raw(environmentText(body, form));
    else terminal.ok(`ok: saved action environment to ${path}`);
  }

  json(): JsonText {
    return new JsonText(environmentText(this.saved.body, 'json'));
  }
}

function environmentOf(action: string): readonly (readonly [string, string])[] {
  const document = parseJson(action);
  const parameters = isJsonObject(document) ? document['parameters'] : undefined;
  if (!Array.isArray(parameters)) return [];
  const entries: readonly JsonValue[] = parameters;
  return entries.flatMap((entry) => {
    if (!isJsonObject(entry) || entry['init'] !== true) return [];
    const { key, value } = entry;
    return typeof key === 'string' && value !== undefined ? [[key, textOfValue(value)] as const] : [];
  });
}

/** What the action finds in its environment: text as it is, every other value as JSON. */
function textOfValue(value: JsonValue): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

function dotenvLine(name: string, value: string): string {
  const line = `${name}=${printValue(value)}`;
  const read = value.includes('\n') || value.includes('\r') ? undefined : parseKeyValueLine(line);
  if (read?.key === name && read.value === value) return line;
  throw new UsageError(`The environment variable '${name}' cannot be written as a line of a .env file`, {
    hint: 'save JSON instead, with --save-env-json FILE',
  });
}
