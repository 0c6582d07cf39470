import { readTextFile } from './private-file.js';
import { isJsonObject, type JsonObject } from '../entity/json.js';
import { describeJsonProblem, findJsonProblem } from '../entity/json-problem.js';
import { ConfigError } from '../errors/client-errors.js';

/**
 * The object in a JSON file; undefined when there is no file. Anything else in it is a ConfigError that names the file, line and column;
 * `hint` says what can be done.
 */
export function readJsonFile(path: string, hint: string): JsonObject | undefined {
  const text = readTextFile(path)?.replace(/^\ufeff/, '');
  return text === undefined ? undefined : parseJsonObject(text, path, hint);
}

/** The object that a text of a file is. Throws ConfigError as `readJsonFile` does. */
export function parseJsonObject(text: string, path: string, hint: string): JsonObject {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const problem = findJsonProblem(text);
    const place = problem === undefined ? 'it cannot be read' : describeJsonProblem(text, problem);
    throw new ConfigError(`${path} is not valid JSON: ${place.startsWith('column') ? 'line 1, ' : ''}${place}`, {
      hint,
      cause: error,
    });
  }
  if (isJsonObject(document)) return document;
  throw new ConfigError(`${path} must hold a JSON object`, { hint });
}
