import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resetStore } from '../../src/lib/database/reset-store.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

describe('resetStore (RS-124)', () => {
  let home: TemporaryFolder;
  let folder: string;
  const fill = (): void => {
    for (const name of ['entities.db', 'entities.db-wal', 'activations.db', 'activations.db-pending', 'mine.txt']) {
      writeFileSync(join(folder, name), name);
    }
  };
  beforeEach(() => {
    home = temporaryFolder();
    folder = join(home.path, 'platform');
    mkdirSync(folder);
    fill();
  });
  afterEach(() => {
    home.dispose();
  });

  it('moves the files of the store aside and nothing else', () => {
    const { moved, backups } = resetStore({ folder, purge: false, now: 0 });
    assert.equal(moved.length, 4);
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
    assert.deepEqual(backups, [join(home.path, 'store.19700101T000000000Z.bak')]);
    const names = ['activations.db', 'activations.db-pending', 'entities.db', 'entities.db-wal'];
    assert.deepEqual(readdirSync(backups[0] ?? '').sort(), names);
  });

  it('keeps one half if that is wanted', () => {
    resetStore({ folder, purge: false, now: 0, keep: 'entities' });
    assert.deepEqual(readdirSync(folder).sort(), ['entities.db', 'entities.db-wal', 'mine.txt']);
  });

  it('keeps the last three backups, also of one moment', () => {
    for (const now of [1000, 2000, 3000, 3000]) {
      resetStore({ folder, purge: false, now });
      fill();
    }
    const backups = readdirSync(home.path).filter((name) => name.endsWith('.bak'));
    assert.equal(backups.length, 3);
    assert.ok(!backups.some((name) => name.includes('T000001')));
  });

  it('removes everything with purge, earlier backups too', () => {
    resetStore({ folder, purge: false, now: 1000 });
    fill();
    assert.deepEqual(resetStore({ folder, purge: true, now: 2000 }).backups, []);
    assert.deepEqual(readdirSync(home.path), ['platform']);
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
  });

  it('has nothing to do without a store', () => {
    assert.deepEqual(resetStore({ folder: join(home.path, 'none'), purge: false, now: 0 }), { moved: [], backups: [] });
  });
});
