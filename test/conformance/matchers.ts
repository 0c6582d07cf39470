/** Stands for a member that is not there. */
const absent = Symbol('absent');

type Problem = string | undefined;

interface Place {
  /** For messages, such as `$.limits.memory`. */
  readonly path: string;
  /** Whether objects may have no other keys than the expected ones. */
  readonly exact: boolean;
}

/** Compares JSON with an expectation that may contain matchers (README.md); gives the first difference. */
export function difference(expected: unknown, actual: unknown, exact: boolean): Problem {
  return compare(expected, actual, { path: '$', exact });
}

function compare(expected: unknown, actual: unknown, place: Place): Problem {
  if (typeof expected === 'string') return compareText(expected, actual, place);
  if (Array.isArray(expected)) return compareArray(expected, actual, place);
  if (isObject(expected)) {
    const [[name, operand] = ['', undefined], ...others] = Object.entries(expected);
    const operator = others.length === 0 ? operators.get(name) : undefined;
    return operator === undefined ? compareObject(expected, actual, place) : operator(operand, actual, place);
  }
  return verdict(expected === actual, expected, actual, place);
}

function compareText(expected: string, actual: unknown, place: Place): Problem {
  if (expected === '$absent') return verdict(actual === absent, expected, actual, place);
  if (expected === '$any') return verdict(actual !== absent, expected, actual, place);
  const [, kind, operand = ''] = /^\$(type|regex):([^]*)$/.exec(expected) ?? [];
  if (kind === 'type') return verdict(typeOf(actual) === operand, expected, actual, place);
  if (kind === 'regex') {
    return verdict(typeof actual === 'string' && new RegExp(operand).test(actual), expected, actual, place);
  }
  return verdict(expected === actual, expected, actual, place);
}

function compareArray(expected: readonly unknown[], actual: unknown, place: Place): Problem {
  if (!Array.isArray(actual) || actual.length !== expected.length) return verdict(false, expected, actual, place);
  return first(expected.map((item, at) => compare(item, actual[at], below(place, `[${String(at)}]`))));
}

function compareObject(expected: Readonly<Record<string, unknown>>, actual: unknown, place: Place): Problem {
  if (!isObject(actual)) return verdict(false, expected, actual, place);
  const surplus = place.exact ? Object.keys(actual).find((key) => !Object.hasOwn(expected, key)) : undefined;
  if (surplus !== undefined) return `${place.path}: unexpected member '${surplus}'`;
  return first(
    Object.entries(expected).map(([key, value]) =>
      compare(value, Object.hasOwn(actual, key) ? actual[key] : absent, below(place, `.${key}`)),
    ),
  );
}

type Operator = (operand: unknown, actual: unknown, place: Place) => Problem;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    '$contains',
    (text, actual, place) =>
      verdict(typeof actual === 'string' && actual.includes(String(text)), { $contains: text }, actual, place),
  ],
  [
    '$gte',
    (bound, actual, place) =>
      verdict(typeof actual === 'number' && actual >= Number(bound), { $gte: bound }, actual, place),
  ],
  [
    '$length',
    (length, actual, place) =>
      verdict(
        (typeof actual === 'string' || Array.isArray(actual)) && actual.length === length,
        { $length: length },
        actual,
        place,
      ),
  ],
  [
    '$some',
    (matcher, actual, place) => verdict(countMatches(matcher, actual, place) > 0, { $some: matcher }, actual, place),
  ],
  [
    '$none',
    (matcher, actual, place) => verdict(countMatches(matcher, actual, place) === 0, { $none: matcher }, actual, place),
  ],
  [
    '$last',
    (matcher, actual, place) =>
      compare(matcher, Array.isArray(actual) && actual.length > 0 ? actual.at(-1) : absent, below(place, '[last]')),
  ],
  [
    '$all',
    (matchers, actual, place) =>
      first((Array.isArray(matchers) ? matchers : []).map((matcher) => compare(matcher, actual, place))),
  ],
  ['$json', (matcher, actual, place) => compare(matcher, parsed(actual), below(place, '(json)'))],
  ['$kv', (pairs, actual, place) => compare(pairs, toMap(actual), { ...place, exact: false })],
  ['$kvExact', (pairs, actual, place) => compare(pairs, toMap(actual), { ...place, exact: true })],
]);

/** Minus one when it is no array, so that neither `$some` nor `$none` holds. */
function countMatches(matcher: unknown, actual: unknown, place: Place): number {
  if (!Array.isArray(actual)) return -1;
  return actual.filter((item) => compare(matcher, item, place) === undefined).length;
}

function toMap(actual: unknown): unknown {
  if (!Array.isArray(actual)) return absent;
  const pairs = actual.filter(isObject).map(({ key, value }) => [String(key), value] as const);
  return Object.fromEntries(pairs);
}

function parsed(actual: unknown): unknown {
  try {
    return typeof actual === 'string' ? (JSON.parse(actual) as unknown) : absent;
  } catch {
    return absent;
  }
}

function typeOf(actual: unknown): string {
  if (actual === null) return 'null';
  return Array.isArray(actual) ? 'array' : typeof actual;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(place: Place, step: string): Place {
  return { ...place, path: place.path + step };
}

function first(problems: readonly Problem[]): Problem {
  return problems.find((problem) => problem !== undefined);
}

function verdict(holds: boolean, expected: unknown, actual: unknown, { path }: Place): Problem {
  return holds ? undefined : `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

function shown(value: unknown): string {
  const text = value === absent || value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
