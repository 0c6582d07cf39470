/** One step of an upgrade: SQL that turns the schema before `to` into `to`. */
export interface Migration {
  readonly to: number;
  readonly sql: string;
}

/** What a database file of ours looks like. */
export interface Schema {
  /** Kept in `PRAGMA user_version` (RS-271). */
  readonly version: number;
  /** Makes an empty database of `version`. */
  readonly create: string;
  /** In ascending order, ending with `version`; empty as long as no released version differs. */
  readonly migrations: readonly Migration[];
}

/** Kept in `PRAGMA application_id`: tells our files from other SQLite databases. */
export const applicationId = 0x72745f31;

/** The alarms of `/whisk.system/alarms`; `name` is that of the trigger. */
const alarmsTable = `
    CREATE TABLE alarms (
      namespace TEXT NOT NULL,
      name TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (namespace, name)
    ) WITHOUT ROWID;
`;

/**
 * The APIs of the gateway, one Swagger document each. Base paths are chosen by users and may hold any character, so they
 * are kept as bytes.
 */
const apisTable = `
    CREATE TABLE apis (
      namespace TEXT NOT NULL,
      base_path BLOB NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (namespace, base_path)
    ) WITHOUT ROWID;`;

/**
 * `entities.db`. Codes lie apart, so that lists and lookups never read them. `counters` has a row for each package and one with the
 * package `/`, which no name can contain, for the whole namespace (P-45). `sequence` holds the last revision.
 */
export const entitiesSchema: Schema = {
  version: 3,
  migrations: [
    { to: 2, sql: alarmsTable },
    { to: 3, sql: apisTable },
  ],
  create: `
    CREATE TABLE entities (
      id INTEGER PRIMARY KEY,
      namespace TEXT NOT NULL,
      package TEXT NOT NULL,
      name TEXT NOT NULL,
      collection TEXT NOT NULL,
      revision INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      document TEXT NOT NULL,
      summary TEXT NOT NULL,
      UNIQUE (namespace, package, name)
    );
    CREATE INDEX entities_of_namespace ON entities (namespace, collection, updated, revision);
    CREATE INDEX entities_of_package ON entities (namespace, collection, package, updated, revision);
    CREATE TABLE codes (
      entity INTEGER PRIMARY KEY REFERENCES entities (id) ON DELETE CASCADE,
      encoding TEXT NOT NULL,
      code BLOB NOT NULL
    );
    CREATE TABLE counters (
      namespace TEXT NOT NULL,
      collection TEXT NOT NULL,
      package TEXT NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (namespace, collection, package)
    ) WITHOUT ROWID;
    CREATE TABLE sequence (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
    INSERT INTO sequence VALUES (1, 0);
    CREATE TABLE subjects (
      uuid TEXT PRIMARY KEY,
      key TEXT NOT NULL,
      subject TEXT NOT NULL,
      namespace TEXT NOT NULL UNIQUE
    ) WITHOUT ROWID;
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    ${alarmsTable}
    ${apisTable}
  `,
};

/**
 * `activations.db`. Rows lie in the order of arrival, so that the oldest are removed as one range. `open` holds what was accepted and has
 * not ended.
 */
export const activationsSchema: Schema = {
  version: 1,
  migrations: [],
  create: `
    CREATE TABLE activations (
      sequence INTEGER PRIMARY KEY,
      id BLOB NOT NULL,
      namespace TEXT NOT NULL,
      name TEXT NOT NULL,
      package TEXT NOT NULL,
      start INTEGER NOT NULL,
      size INTEGER NOT NULL,
      summary TEXT NOT NULL,
      record TEXT NOT NULL
    );
    CREATE UNIQUE INDEX activations_id ON activations (id);
    CREATE INDEX activations_start ON activations (namespace, start, id);
    CREATE INDEX activations_name ON activations (namespace, name, start, package);
    CREATE TABLE open (
      id BLOB PRIMARY KEY,
      namespace TEXT NOT NULL,
      name TEXT NOT NULL,
      package TEXT NOT NULL,
      start INTEGER NOT NULL,
      template TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE counters (
      namespace TEXT PRIMARY KEY,
      amount INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) WITHOUT ROWID;
  `,
};
