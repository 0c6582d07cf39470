import assert from 'node:assert/strict';
import { join } from 'node:path';
import { storeFiles } from '../../src/lib/database/open-store.js';
import { SqliteFile } from '../../src/lib/database/sqlite-file.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { storeFor } from './stores.js';

describe('AlarmStore', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  const alarm = { namespace: 'ns', trigger: 't', document: '{"a":1}' };

  it('keeps alarms across a restart, one for each trigger', async () => {
    const first = await storeFor({ folder: folder.path });
    await first.alarms.put(alarm);
    await first.alarms.put({ ...alarm, document: '{"a":2}' });
    await first.alarms.put({ ...alarm, trigger: 'u' });
    await first.alarms.put({ ...alarm, namespace: 'other' });
    await first.alarms.delete({ namespace: 'ns', trigger: 'u' });
    await first.alarms.delete({ namespace: 'ns', trigger: 'nobody' });
    await first.close();
    const second = await storeFor({ folder: folder.path });
    assert.deepEqual(await second.alarms.all(), [
      { ...alarm, document: '{"a":2}' },
      { ...alarm, namespace: 'other' },
    ]);
    await second.close();
  });

  it('is added to a store of the version before it, which keeps what it has (RS-272)', async () => {
    const guest = { uuid: 'u', key: 'k', subject: 'guest', namespace: 'guest' };
    const first = await storeFor({ folder: folder.path });
    await first.subjects.put(guest);
    await first.close();
    const file = SqliteFile.open(join(folder.path, storeFiles.entities));
    file.execute('DROP TABLE alarms; DROP TABLE apis; PRAGMA user_version=1');
    file.close();
    const second = await storeFor({ folder: folder.path });
    await second.alarms.put(alarm);
    assert.deepEqual(await second.alarms.all(), [alarm]);
    assert.deepEqual(await second.subjects.find('u'), guest);
    await second.close();
  });
});
