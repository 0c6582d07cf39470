import { isDeepStrictEqual } from 'node:util';
import type { FullyQualifiedName } from '../../entity/fully-qualified-name.js';
import { isJsonObject, type JsonObject } from '../../entity/json.js';
import { PlatformError } from '../../errors/client-errors.js';
import type { ActionsClient } from '../actions-client.js';
import type { Invocation } from '../invocation.js';
import type { KindSample } from './kind-samples.js';

/** What one check of a kind has found. */
export interface KindCheck {
  readonly check: string;
  readonly passed: boolean;
  /** Why not. */
  readonly detail?: string;
}

interface CheckRequest {
  readonly kind: string;
  readonly sample: KindSample;
  /** Name of the action that is made for the checks, and removed afterwards. */
  readonly name: FullyQualifiedName;
  /** Whether the code is the user's: then only that it runs is known of it. */
  readonly foreign: boolean;
}

/** Milliseconds that the action may take: a compiler may have to build its libraries first. */
const timeLimit = 300_000;

/** Arguments that must come back unchanged. */
const echoes: readonly { readonly check: string; readonly value: JsonObject }[] = [
  { check: 'starts and answers', value: {} },
  { check: 'text and numbers', value: { text: 'hello', number: 42, yes: true } },
  { check: 'characters of all languages', value: { text: 'Grüße, ❄ ☃ ❄, 你好' } },
  { check: 'lists and objects', value: { list: [1, 'two', { three: 3 }], object: { a: { b: ['c'] } } } },
  { check: 'a large argument', value: { text: 'a'.repeat(500_000) } },
];

/**
 * Tries a kind on a platform with a small action of its own: that it starts, what comes back, what is logged (cli.md §14.5). After a failed start
 * nothing else is tried. Rejects with HttpError when the action cannot be made or removed.
 */
export async function checkKind(
  { kind, sample, name, foreign }: CheckRequest,
  actions: ActionsClient,
): Promise<readonly KindCheck[]> {
  const { code, main } = sample;
  const exec = { kind, code, ...(main === undefined ? {} : { main }) };
  const attempt = { what: `create an action of kind '${kind}'` };
  await actions.put(name, JSON.stringify({ exec, limits: { timeout: timeLimit } }), { overwrite: false, attempt });
  try {
    const checks: KindCheck[] = [];
    for (const echo of foreign ? echoes.slice(0, 1) : echoes) {
      const invocation = await actions.invoke(name, JSON.stringify(echo.value), { blocking: true, result: false });
      checks.push(judge(echo, invocation, foreign));
      if (checks[0]?.passed !== true) break;
      if (checks.length === 1 && !foreign) checks.push(judgeLogs(invocation));
    }
    return checks;
  } finally {
    await actions.delete(name, { what: `delete action '${name.name}'` });
  }
}

/** Throws PlatformError when a check has failed, for the exit status. */
export function requirePassed(kind: string, checks: readonly KindCheck[]): void {
  const failed = checks.filter(({ passed }) => !passed).length;
  if (failed === 0) return;
  throw new PlatformError(`${kind} failed ${String(failed)} of ${String(checks.length)} checks`);
}

function judge(
  { check, value }: { readonly check: string; readonly value: JsonObject },
  invocation: Invocation,
  foreign: boolean,
): KindCheck {
  if (invocation.outcome === 'accepted' || invocation.outcome === 'pending') {
    return { check, passed: false, detail: `activation ${invocation.activationId} has not ended in time` };
  }
  const result = resultIn(invocation.body);
  if (invocation.outcome === 'failure') return { check, passed: false, detail: shorten(errorIn(result)) };
  if (foreign || isDeepStrictEqual(result, value)) return { check, passed: true };
  return { check, passed: false, detail: shorten(`the answer is ${JSON.stringify(result)}`) };
}

/** The platform puts the logs into the record of a blocking call; where it does not, they are no matter of the kind. */
function judgeLogs(invocation: Invocation): KindCheck {
  const check = 'output is logged';
  const record = 'body' in invocation ? parsed(invocation.body) : undefined;
  const logs = isJsonObject(record) && Array.isArray(record.logs) ? record.logs.map(String) : [];
  if (logs.length === 0 || logs.some((line) => line.includes('stdout: checking'))) return { check, passed: true };
  return { check, passed: false, detail: shorten(logs.join(' | ')) };
}

function resultIn(body: string): unknown {
  const record = parsed(body);
  const response = isJsonObject(record) && isJsonObject(record.response) ? record.response : undefined;
  return response?.result;
}

function errorIn(result: unknown): string {
  const error = isJsonObject(result) && 'error' in result ? result.error : result;
  return typeof error === 'string' ? error : JSON.stringify(error);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
