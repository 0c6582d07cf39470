import assert from 'node:assert/strict';
import { BuiltRt } from '../helpers/built-rt.js';

/** So many that more requests are under way at a time than Node expects listeners of one signal. */
const actions = Array.from({ length: 40 }, (_, index) => `      a${String(index)}: { function: a.js }\n`);

describe('the built program with a project', function () {
  this.timeout(120_000);
  let rt: BuiltRt;

  before(async () => {
    const manifest = `packages:\n  demo:\n    actions:\n${actions.join('')}`;
    rt = await BuiltRt.create({ files: { 'manifest.yaml': manifest, 'a.js': 'exports.main = (args) => args;' } });
    await rt.run(['platform', 'start']);
  });
  after(() => rt.dispose());

  it('C-49: says nothing on stderr while it deploys and undeploys with many requests at a time', async () => {
    const deployed = await rt.run(['deploy', '--jobs', '20']);
    assert.deepEqual([deployed.exit, deployed.stderr], [0, '']);
    assert.match(deployed.stdout, /^41 created$/m);
    const undeployed = await rt.run(['undeploy', '--force', '--jobs', '20']);
    assert.deepEqual([undeployed.exit, undeployed.stderr], [0, '']);
    assert.match(undeployed.stdout, /^41 deleted$/m);
  });

  it('C-57: tells once that a host refuses connections', async () => {
    const refused = await rt.run(['deploy', '--apihost', 'http://127.0.0.1:1', '--auth', 'a:b']);
    assert.match(
      refused.stderr,
      /^error: cannot connect to http:\/\/127\.0\.0\.1:1: connection refused\nhint: [^\n]*\n$/,
    );
  });
});
