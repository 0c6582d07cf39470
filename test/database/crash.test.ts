import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StoreLocked } from '../../src/lib/database/store-errors.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { keyOf } from './artifact-store-contract.js';
import { entryOf, openOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

const program = fileURLToPath(new URL('crashing-writer.ts', import.meta.url));
const floodingProgram = fileURLToPath(new URL('flooding-writer.ts', import.meta.url));

describe('a store whose platform was killed', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  /** Runs the writer until `count` writes are acknowledged, calls `meanwhile`, kills it. Gives the last acknowledged number. */
  async function crashAfter(
    count: number,
    meanwhile = (): Promise<void> => Promise.resolve(),
    path = program,
  ): Promise<number> {
    const child = spawn(process.execPath, ['--import', 'tsx', path, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      if (last >= count) break;
    }
    await meanwhile();
    child.kill('SIGKILL');
    await once(child, 'exit');
    return last;
  }

  for (const count of [1, 40, 150]) {
    it(`has everything that was acknowledged after ${String(count)} writes (RS-101, RS-102, RS-103)`, async () => {
      const acknowledged = await crashAfter(count);
      const store = await storeFor({ folder: folder.path });
      assert.equal(store.unclean, true);
      for (let index = 1; index <= acknowledged; index += 1) {
        const key = keyOf(`action-${String(index)}`);
        const found = await store.artifacts.find(key);
        assert.equal(await store.artifacts.code(key, found?.revision ?? 0), `code ${String(index)}`);
        assert.equal(await store.activations.get('guest', entryOf(index).activationId), entryOf(index).record);
      }
      const stored = await store.artifacts.count({ namespace: 'guest', collection: 'actions' });
      assert.ok(stored >= acknowledged);
      const listed = await store.artifacts.list({ namespace: 'guest', collection: 'actions', limit: 500, skip: 0 });
      assert.equal(listed.length, Math.min(stored, 500));
      assert.deepEqual(await store.activations.open(), [openOf(1_000_000)]);
      await store.close();
    });
  }

  // Before the first fold, around folds, around the first checkpoint, and after many of both.
  for (const count of [20, 140, 260, 2000, 9000]) {
    it(`has each activation once, ended or open, when it died in a flood after ${String(count)} (RS-102, RS-103)`, async () => {
      const acknowledged = await crashAfter(count, undefined, floodingProgram);
      const store = await storeFor({ folder: folder.path });
      const { activations } = store;
      const open = new Set((await activations.open()).map(({ activationId }) => activationId));
      const query = { namespace: 'guest', limit: 1_000_000, skip: 0, docs: false };
      const ended = new Set(await activations.list(query));
      for (let index = 1; index <= acknowledged; index += 1) {
        const { activationId, summary } = entryOf(index);
        assert.equal(ended.has(summary), index % 20 !== 0, String(index));
        assert.equal(open.has(activationId), index % 20 === 0, String(index));
      }
      assert.equal(await activations.count({ namespace: 'guest' }), ended.size);
      assert.equal((await activations.list(query)).length, ended.size);
      assert.equal(await activations.count({ namespace: 'guest', since: 0 }), ended.size);
      await store.close();
    });
  }

  it('is locked for others while its owner lives, and free once it is dead (RS-142)', async () => {
    await crashAfter(1, async () => {
      await assert.rejects(storeFor({ folder: folder.path }), StoreLocked);
    });
    const store = await storeFor({ folder: folder.path });
    await store.close();
  });

  it('is clean again after one start and stop, without logs beside the files (RS-145)', async () => {
    await crashAfter(5);
    const store = await storeFor({ folder: folder.path });
    await store.close();
    assert.deepEqual(readdirSync(folder.path).sort(), ['activations.db', 'entities.db']);
    const again = await storeFor({ folder: folder.path });
    assert.equal(again.unclean, false);
    await again.close();
  });

  it('keeps its files private whatever the umask is (RS-231)', async () => {
    const before = process.umask(0);
    try {
      const store = await storeFor({ folder: folder.path });
      await store.activations.put(entryOf(1));
      for (const name of readdirSync(folder.path)) {
        assert.equal(statSync(join(folder.path, name)).mode & 0o777, 0o600, name);
      }
      assert.ok(existsSync(join(folder.path, 'activations.db-wal')));
      await store.close();
    } finally {
      process.umask(before);
    }
  });
});
