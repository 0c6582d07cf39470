import type { ActivationQuery } from './activation-store.js';
import { numberAt, type Row, type SqliteFile, type SqlValue } from './sqlite-file.js';

type Shape = 'all' | 'name' | 'package and name';

/** Times that stand for an open end. Numbers that SQLite holds exactly. */
const earliest = Number.MIN_SAFE_INTEGER;
const latest = Number.MAX_SAFE_INTEGER;

const filters: Readonly<Record<Shape, string>> = {
  all: '',
  name: 'AND name = ?',
  'package and name': 'AND name = ? AND package = ?',
};

/** Reads activations by index: `activations_start` without a name, `activations_name` with one (P-41). */
export class ActivationReader {
  private readonly lists;
  private readonly counts;

  constructor(deps: { readonly file: SqliteFile }) {
    const statements = (select: string, end: string): ((shape: Shape) => string) => {
      return (shape) =>
        `SELECT ${select} FROM activations WHERE namespace = ? ${filters[shape]} AND start BETWEEN ? AND ? ${end}`;
    };
    const lists = (column: string): Record<Shape, (...parameters: SqlValue[]) => Row[]> =>
      forEachShape((shape) => {
        const ties = shape === 'all' ? 'id' : 'package';
        return deps.file.all(statements(column, `ORDER BY start DESC, ${ties} DESC LIMIT ? OFFSET ?`)(shape));
      });
    this.lists = { summary: lists('summary'), record: lists('record') };
    this.counts = forEachShape((shape) => deps.file.first(statements('count(*)', '')(shape)));
  }

  /** Rows with one column, the newest first. */
  list(
    column: 'summary' | 'record',
    query: ActivationQuery & { readonly limit: number; readonly skip: number },
  ): Row[] {
    return this.lists[column][shapeOf(query)](...boundsOf(query), query.limit, query.skip);
  }

  count(query: ActivationQuery): number {
    const row = this.counts[shapeOf(query)](...boundsOf(query));
    return row === undefined ? 0 : numberAt(row, 0);
  }
}

function forEachShape<T>(make: (shape: Shape) => T): Record<Shape, T> {
  return { all: make('all'), name: make('name'), 'package and name': make('package and name') };
}

function shapeOf(query: ActivationQuery): Shape {
  if (query.name === undefined) return 'all';
  return query.package === undefined ? 'name' : 'package and name';
}

function boundsOf(query: ActivationQuery): SqlValue[] {
  const name = query.name === undefined ? [] : [query.name];
  const inPackage = query.name === undefined || query.package === undefined ? [] : [query.package];
  return [query.namespace, ...name, ...inPackage, query.since ?? earliest, query.upto ?? latest];
}
