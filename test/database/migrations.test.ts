import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyPath, migrate } from '../../src/lib/database/migrations.js';
import { storeFiles } from '../../src/lib/database/open-store.js';
import type { Schema } from '../../src/lib/database/schema.js';
import { SqliteFile } from '../../src/lib/database/sqlite-file.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { storeFor } from './stores.js';

const first: Schema = { version: 1, migrations: [], create: 'CREATE TABLE t (a); INSERT INTO t VALUES (1)' };
const third: Schema = {
  version: 3,
  migrations: [
    { to: 2, sql: 'ALTER TABLE t ADD COLUMN b' },
    { to: 3, sql: 'UPDATE t SET b = a + 1' },
  ],
  create: 'CREATE TABLE t (a, b)',
};

describe('migrate', () => {
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'store.db');
  });
  afterEach(() => {
    folder.dispose();
  });

  function withFile<T>(work: (file: SqliteFile) => T): T {
    const file = SqliteFile.open(path);
    try {
      return work(file);
    } finally {
      file.close();
    }
  }

  it('applies the missing steps and keeps a copy of the old file until the next start (RS-272)', () => {
    withFile((file) => {
      migrate(file, first);
    });
    withFile((file) => {
      migrate(file, third);
      assert.deepEqual(file.all('SELECT a, b FROM t')(), [[1, 2]]);
      assert.equal(file.pragma('user_version'), 3);
    });
    const copy = SqliteFile.open(copyPath(path, 1));
    assert.deepEqual(copy.all('SELECT * FROM t')(), [[1]]);
    assert.equal(copy.pragma('user_version'), 1);
    assert.equal(statSync(copyPath(path, 1)).mode & 0o777, 0o600);
    copy.close();
    withFile((file) => {
      migrate(file, third);
    });
    assert.equal(existsSync(copyPath(path, 1)), false);
  });

  it('leaves the old schema in one piece when a step fails (RS-272)', () => {
    withFile((file) => {
      migrate(file, first);
    });
    const broken: Schema = { ...third, migrations: [...third.migrations.slice(0, 1), { to: 3, sql: 'NO SQL' }] };
    withFile((file) => {
      assert.throws(() => {
        migrate(file, broken);
      });
    });
    withFile((file) => {
      assert.equal(file.pragma('user_version'), 1);
      assert.deepEqual(file.all('SELECT * FROM t')(), [[1]]);
      migrate(file, third);
      assert.deepEqual(file.all('SELECT a, b FROM t')(), [[1, 2]]);
    });
  });

  it('gives an entities.db without a gateway its table of APIs (RS-272)', async () => {
    const before = await storeFor({ folder: folder.path });
    await before.settings.put('kept', 'yes');
    await before.close();
    path = join(folder.path, storeFiles.entities);
    withFile((file) => {
      file.execute('DROP TABLE apis; DROP TABLE alarms; PRAGMA user_version=1');
    });
    const store = await storeFor({ folder: folder.path });
    await store.apis.update('ns', '/a', () => '{}');
    assert.deepEqual(await store.apis.list('ns'), [{ basePath: '/a', document: '{}' }]);
    assert.equal(await store.settings.get('kept'), 'yes');
    await store.close();
  });
});
