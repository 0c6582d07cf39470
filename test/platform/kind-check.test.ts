import assert from 'node:assert/strict';
import { RtOnPlatform } from '../helpers/rt-on-platform.js';

describe('rt kind check', function () {
  this.timeout(60_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
  });

  after(() => rt.dispose());

  it('§14.5: tries a kind with an action of its own, and leaves none behind', async () => {
    const { kind, passed, checks } = (await rt.json('kind check nodejs:20')) as {
      kind: string;
      passed: boolean;
      checks: { check: string; passed: boolean }[];
    };
    assert.deepEqual([kind, passed, checks.length], ['nodejs:20', true, 6]);
    assert.match(
      await rt.ok('kind check python'),
      /^Check +Outcome +Detail\nstarts and answers +ok +-\noutput is logged +ok/,
    );
    assert.deepEqual(await rt.json('action list'), []);
  });

  it('§14.5: tells what is wrong with code of the user, with exit 5', async () => {
    await rt.folder.write('bad.js', 'function main() { throw new Error("broken"); }');
    const { status, stdout, stderr } = await rt.run('kind check nodejs:20 --code bad.js');
    assert.equal(status, 5);
    assert.match(stdout, /^starts and answers +failed +An error has occurred: Error: broken$/m);
    assert.match(stderr, /nodejs:20 failed 1 of 1 checks/);
    assert.deepEqual(await rt.json('action list'), []);
  });

  it('§14.5: names what is missing for a kind, and a kind that is not there', async () => {
    const missing = await rt.run('kind check swift');
    assert.equal(missing.status, 5);
    assert.match(missing.stdout, /swift:5\.3: swift actions need Docker/);
    const unknown = await rt.run('kind check phpp');
    assert.equal(unknown.status, 2);
  });
});
