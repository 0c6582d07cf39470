import assert from 'node:assert/strict';
import type { Store } from '../../src/lib/database/open-store.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { describeActivationStore } from './activation-store-contract.js';
import { describeApiStore } from './api-store-contract.js';
import { describeArtifactStore } from './artifact-store-contract.js';
import { storeFor } from './stores.js';

describe('stores', () => {
  const stores: Store[] = [];
  const folders: TemporaryFolder[] = [];

  const inFile = async (): Promise<Store> => {
    const folder = temporaryFolder();
    folders.push(folder);
    const store = await storeFor({ folder: folder.path });
    stores.push(store);
    return store;
  };

  const inMemory = async (): Promise<Store> => {
    const store = await storeFor({});
    stores.push(store);
    return store;
  };

  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const folder of folders.splice(0)) folder.dispose();
  });

  describeArtifactStore('file', async () => (await inFile()).artifacts);
  describeArtifactStore('memory', async () => (await inMemory()).artifacts);
  describeActivationStore('file', async () => (await inFile()).activations);
  describeActivationStore('memory', async () => (await inMemory()).activations);
  describeApiStore('file', async () => (await inFile()).apis);
  describeApiStore('memory', async () => (await inMemory()).apis);

  describe('SubjectStore', () => {
    it('finds an identity by uuid and by namespace, and replaces the key of a namespace', async () => {
      const { subjects } = await inFile();
      const guest = { uuid: 'u1', key: 'k1', subject: 'guest', namespace: 'guest' };
      await subjects.put(guest);
      await subjects.put({ ...guest, uuid: 'u2', namespace: 'other' });
      assert.deepEqual(await subjects.find('u1'), guest);
      await subjects.put({ ...guest, uuid: 'u3', key: 'k3' });
      assert.equal(await subjects.find('u1'), undefined);
      assert.equal((await subjects.ofNamespace('guest'))?.key, 'k3');
      assert.deepEqual(
        (await subjects.all()).map(({ namespace }) => namespace),
        ['guest', 'other'],
      );
    });
  });
});
