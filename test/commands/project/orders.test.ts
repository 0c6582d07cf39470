import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';

const sample = fileURLToPath(new URL('../../fixtures/projects/orders-manifest/', import.meta.url));

/** The document of a deploy, as far as this test looks at it. */
interface Done {
  readonly created: readonly object[];
  readonly updated: readonly object[];
  readonly unchanged: readonly object[];
}

describe('the sample project on a platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;
  let elsewhere: string;
  let env: Record<string, string>;

  before(async () => {
    rt = await RtOnPlatform.start();
    env = JSON.parse(await readFile(join(sample, 'env.json'), 'utf8')) as Record<string, string>;
    elsewhere = await mkdtemp(join(tmpdir(), 'rt-elsewhere-'));
    await cp(sample, elsewhere, { recursive: true });
  });

  after(async () => {
    await rm(elsewhere, { recursive: true });
    await rt.dispose();
  });

  async function deploy(folder: string, more: Record<string, string> = {}): Promise<Done> {
    const { status, stdout, stderr } = await rt.run(['project', 'deploy', folder, '--json'], {
      env: { ...env, ...more },
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Done;
  }

  it('D-18: deploys all of its sixteen entities, and they work', async () => {
    assert.equal((await deploy(sample)).created.length, 16);
    assert.deepEqual(JSON.parse(await rt.ok('action invoke ping --result')) as unknown, { pong: true });
  });

  it('D-21: sends no write the second time, from another folder, with other times of files, in another time zone', async () => {
    const files = (await readdir(elsewhere, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files) await utimes(join(file.parentPath, file.name), 0, 0);
    for (const again of [await deploy(sample), await deploy(elsewhere, { TZ: 'Asia/Tokyo' })]) {
      assert.deepEqual({ created: again.created, updated: again.updated }, { created: [], updated: [] });
      assert.equal(again.unchanged.length, 16);
    }
  });

  it('D-27: undeploys all of it, routes too', async () => {
    const { stdout } = await rt.run(['project', 'undeploy', '--force', elsewhere]);
    assert.match(stdout, /16 deleted\n$/);
  });
});
