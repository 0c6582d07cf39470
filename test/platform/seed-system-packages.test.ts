import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../src/lib/database/open-store.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { seedSystemPackages } from '../../src/lib/platform/system-packages/seed-system-packages.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { storeFor } from '../database/stores.js';

const folder = fileURLToPath(new URL('../../src/lib/platform/system-packages/actions', import.meta.url));
const echo = { namespace: 'whisk.system', package: 'utils', name: 'echo' };
const alarm = { namespace: 'whisk.system', package: 'alarms', name: 'alarm' };

describe('seedSystemPackages', () => {
  let store: Store;
  beforeEach(async () => {
    store = await storeFor({});
  });
  afterEach(async () => {
    await store.close();
  });

  function seed(manifest: Pick<RuntimeManifest, 'resolve'> = RuntimeManifest.builtIn(20)): Promise<void> {
    return seedSystemPackages({ ...store, manifest, clock: systemClock, folder });
  }

  async function revision(): Promise<number | undefined> {
    return (await store.artifacts.find(echo))?.revision;
  }

  it('writes the packages once, with the kind of Node.js of the manifest', async () => {
    await seed();
    const first = await store.artifacts.find(echo);
    assert.deepEqual(first?.document['exec'], { kind: 'nodejs:20', binary: false });
    assert.match((await store.artifacts.code(echo, first.revision)) ?? '', /function main/);
    await seed();
    assert.equal(await revision(), first.revision);
  });

  it('writes them again over those of an earlier version or of another Node.js, and leaves later ones alone', async () => {
    await seed();
    const first = await revision();
    await store.settings.put('system-packages', '0 nodejs:20');
    await seed();
    const second = await revision();
    assert.notEqual(second, first);
    await store.settings.put('system-packages', '2 nodejs:18');
    await seed();
    const third = await revision();
    assert.notEqual(third, second);
    await store.settings.put('system-packages', '99 nodejs:30');
    await seed();
    assert.equal(await revision(), third);
  });

  it('writes only what needs no runtime when the manifest has no Node.js', async () => {
    await seed({ resolve: () => undefined });
    assert.notEqual(await store.artifacts.find(alarm), undefined);
    assert.equal(await revision(), undefined);
  });
});
