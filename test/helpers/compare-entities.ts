/** A difference between an entity that was expected and the one that is there. */
export interface EntityDifference {
  readonly where: string;
  readonly key: string;
  readonly want: unknown;
  readonly got: unknown;
}

type Entity = Readonly<Record<string, unknown>>;
type Collection = Readonly<Record<string, Entity>>;

/** A document of the form rt-entities/1, as far as it is compared. */
export interface EntitiesDocument {
  readonly packages?: Collection;
  readonly actions?: Collection;
  readonly triggers?: Collection;
  readonly rules?: Collection;
  readonly apis?: readonly Entity[];
}

const collections = ['packages', 'actions', 'triggers', 'rules'] as const;

/**
 * Where a document differs from an expected one: members that are not listed there count only as whole entities, limits only where they
 * are listed, an absent map is an empty one.
 */
export function compareEntities(expected: EntitiesDocument, actual: EntitiesDocument): readonly EntityDifference[] {
  const differences: EntityDifference[] = [];
  for (const collection of collections) {
    const [want, got] = [expected[collection] ?? {}, actual[collection] ?? {}];
    for (const name of new Set([...Object.keys(want), ...Object.keys(got)])) {
      differences.push(...compareEntity(`${collection}/${name}`, want[name], got[name]));
    }
  }
  const [want, got] = [routes(expected), routes(actual)];
  if (!same(want, got)) differences.push({ where: 'apis', key: '(routes)', want, got });
  return differences;
}

function compareEntity(where: string, want: Entity | undefined, got: Entity | undefined): readonly EntityDifference[] {
  if (want === undefined) return [{ where, key: '(entity)', want: 'absent', got: 'present' }];
  if (got === undefined) return [{ where, key: '(entity)', want: 'present', got: 'absent' }];
  return Object.entries(want).flatMap(([key, value]) =>
    isEqual(key, value, got[key]) ? [] : [{ where, key, want: value, got: got[key] }],
  );
}

function isEqual(key: string, want: unknown, got: unknown): boolean {
  if (key === 'limits') {
    const limits = Object(got) as Record<string, unknown>;
    return Object.entries(want as object).every(([name, value]) => limits[name] === value);
  }
  const isMap = typeof want === 'object' && !Array.isArray(want);
  return same(want, got ?? (isMap ? {} : undefined));
}

function routes({ apis = [] }: EntitiesDocument): object {
  const entries = apis.map(({ method, basePath, path, ...rest }) => [
    `${String(method)} ${String(basePath)}${String(path)}`,
    rest,
  ]);
  return Object.fromEntries(entries) as object;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
