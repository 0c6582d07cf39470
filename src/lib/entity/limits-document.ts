import { UsageError } from '../errors/client-errors.js';
import { parseNamespaceName } from './entity-name.js';
import {
  defaultNamespaceLimits,
  type LimitOverrides,
  type LimitsDocument,
  type NamespaceLimits,
  unlimited,
} from './namespace-limits.js';

type LimitName = keyof NamespaceLimits;

/** The least number that makes sense; an absent name is no number. Counts of 0 block a namespace (openwhisk-api.md §19.3). */
const least: Readonly<Partial<Record<LimitName, number>>> = {
  invocationsPerMinute: 0,
  concurrentInvocations: 0,
  firesPerMinute: 0,
  minActionMemory: 1,
  maxActionMemory: 1,
  minActionLogs: 0,
  maxActionLogs: 0,
  minActionTimeout: 1,
  maxActionTimeout: 1,
  minActionConcurrency: 1,
  maxActionConcurrency: 1,
};

const ranges = [
  ['minActionMemory', 'maxActionMemory'],
  ['minActionLogs', 'maxActionLogs'],
  ['minActionTimeout', 'maxActionTimeout'],
  ['minActionConcurrency', 'maxActionConcurrency'],
] as const;

const limitNames = [...Object.keys(least), 'allowedKinds', 'storeActivations'];

/**
 * Reads the operator's limits: `{"default": {…}, "namespaces": {"guest": {…}}}`, both optional. Throws a UsageError that names the file, the
 * member and the reason.
 */
export function parseLimitsDocument(text: string, file: string): LimitsDocument {
  const at = (path: string, reason: string): UsageError =>
    new UsageError(`limits file '${file}': ${path === '' ? '' : `${path}: `}${reason}`);
  const document = objectOf(jsonOf(text, at), '', at);
  refuseOthers(document, ['default', 'namespaces'], '', at);
  const general = document.default === undefined ? {} : overridesOf(document.default, 'default', at);
  refuseEmptyRanges({ ...defaultNamespaceLimits, ...general }, 'default', at);
  const given = document.namespaces === undefined ? {} : objectOf(document.namespaces, 'namespaces', at);
  const named = Object.entries(given).map(([name, value]): [string, LimitOverrides] => {
    const path = `namespaces.${name}`;
    refuseName(name, path, at);
    const overrides = overridesOf(value, path, at);
    refuseEmptyRanges({ ...defaultNamespaceLimits, ...general, ...overrides }, path, at);
    return [name, overrides];
  });
  return { default: general, namespaces: Object.fromEntries(named) };
}

type Problem = (path: string, reason: string) => UsageError;

function jsonOf(text: string, at: Problem): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw at('', `it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function objectOf(value: unknown, path: string, at: Problem): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw at(path, 'expected a JSON object');
  return Object.fromEntries(Object.entries(value));
}

function refuseOthers(value: object, known: readonly string[], path: string, at: Problem): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw at(path === '' ? other : `${path}.${other}`, `no such member; there are ${known.join(', ')}`);
}

function refuseName(name: string, path: string, at: Problem): void {
  try {
    parseNamespaceName(name);
  } catch (error) {
    throw at(path, error instanceof Error ? error.message : String(error));
  }
}

function overridesOf(value: unknown, path: string, at: Problem): LimitOverrides {
  const given = objectOf(value, path, at);
  refuseOthers(given, limitNames, path, at);
  for (const [name, limit] of Object.entries(given))
    refuseValue(name, limit, (reason) => at(`${path}.${name}`, reason));
  return given;
}

function refuseValue(name: string, value: unknown, problem: (reason: string) => UsageError): void {
  if (name === 'storeActivations') {
    if (typeof value !== 'boolean') throw problem('expected true or false');
  } else if (name === 'allowedKinds') {
    const kinds = Array.isArray(value) && value.every((kind) => typeof kind === 'string' && kind !== '');
    if (!kinds) throw problem('expected an array of kinds, ["nodejs:20"]');
  } else {
    const min = least[name as LimitName] ?? 0;
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > unlimited) {
      throw problem(`expected a whole number from ${String(min)} to ${String(unlimited)}`);
    }
  }
}

function refuseEmptyRanges(limits: NamespaceLimits, path: string, at: Problem): void {
  for (const [min, max] of ranges) {
    if (limits[min] <= limits[max]) continue;
    throw at(path, `${min} (${String(limits[min])}) is more than ${max} (${String(limits[max])})`);
  }
}
