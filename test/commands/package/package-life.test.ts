import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';

describe('a package on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', 'main = ({ city }) => ({ city })');
  });

  after(async () => {
    await rt.dispose();
  });

  it('C-44: is created, changed, read, listed and deleted', async () => {
    assert.equal(await rt.ok('package create p -p city Oslo -a description things'), 'ok: created package p\n');
    assert.equal((await rt.run('package create p')).status, 153);
    assert.equal(await rt.ok('package update p --shared'), 'ok: updated package p\n');
    assert.equal(await rt.ok('package get p --summary'), 'package /guest/p: things\n   (parameters: *city)\n');
    assert.match(await rt.ok('package list'), /^packages\n\/guest\/p shared package 0\.0\.2 \d{4}-/);
    assert.equal(await rt.ok('package update p --shared no'), 'ok: updated package p\n');
    assert.equal(await rt.ok('package get p publish -q'), 'false\n');
    assert.equal(await rt.ok('package delete p'), 'ok: deleted package p\n');
    assert.equal(await rt.ok('package delete p --if-exists'), 'ok: package p does not exist\n');
  });

  it("C-53: is refused in the platform's words", async () => {
    const cases: readonly [string, number, RegExp][] = [
      [
        'create a/b',
        148,
        /^error: Unable to create package 'a\/b': The requested resource could not be found\. \(code /,
      ],
      [
        'create default',
        144,
        /^error: Unable to create package 'default': Package name 'default' is reserved\. \(code /,
      ],
      [
        'bind missing b',
        144,
        /^error: Binding creation failed: Binding references a package that does not exist\. \(code /,
      ],
      ['refresh', 149, /^error: The package refresh feature is not implemented in the target deployment\n/],
    ];
    for (const [words, expected, message] of cases) {
      const { status, stdout, stderr } = await rt.run(`package ${words}`);
      assert.deepEqual([status, stdout], [expected, ''], words);
      assert.match(stderr, message);
    }
  });

  it('C-44: is bound, with parameters of its own', async () => {
    await rt.ok('package create p -p city Oslo');
    await rt.ok('action create p/hello hello.js');
    assert.equal(await rt.ok('package bind p b -p city Rome'), 'ok: created binding b\n');
    assert.deepEqual(await rt.json('action invoke b/hello --result'), { city: 'Rome' });
    assert.equal(await rt.ok('package bind /guest/p b --overwrite -p city Bari'), 'ok: created binding b\n');
    assert.deepEqual(await rt.json('action invoke b/hello --result'), { city: 'Bari' });
    assert.match(await rt.ok('package list --name-sort'), /\/guest\/b private binding of \/guest\/p 0\.0\.2 /);
    assert.equal(await rt.ok('package delete b --recursive'), 'ok: deleted package b\n');
    assert.deepEqual(await rt.json('action invoke p/hello --result'), { city: 'Oslo' });
    assert.equal(await rt.ok('package bind /whisk.system/utils tools'), 'ok: created binding tools\n');
    assert.equal(await rt.ok('package delete tools'), 'ok: deleted package tools\n');
    await rt.ok('package delete p -r -f');
  });

  it('C-57, C-71: is deleted with its actions, its rules, and triggers left without a rule', async () => {
    for (const name of ['p', 'p2']) {
      await rt.ok(`package create ${name}`);
      await rt.ok(`action create ${name}/hello hello.js`);
    }
    await rt.ok('action create p/feed hello.js -a feed true');
    for (const name of ['only', 'both']) await rt.ok(`trigger create ${name}`);
    await rt.ok('rule create r1 only p/hello');
    await rt.ok('rule create r2 both p/hello');
    await rt.ok('rule create r3 both p2/hello');

    const full = await rt.run('package delete p');
    assert.equal(full.status, 153);
    assert.match(
      full.stderr,
      /Package not empty \(contains 2 entities\).*\nhint: it contains hello, feed; rt package delete p --recursive/,
    );
    const unasked = await rt.run('package delete p -r --rules');
    assert.equal(unasked.status, 2);
    assert.match(
      unasked.stderr,
      /^error: this would delete package 'p' with 2 actions, 2 rules and 1 trigger; confirm with --force/,
    );

    const lines = (await rt.ok('package delete p -r --rules --force')).trimEnd().split('\n');
    assert.deepEqual(lines.toSorted(), [
      'ok: deleted action p/feed',
      'ok: deleted action p/hello',
      'ok: deleted package p',
      'ok: deleted rule r1',
      'ok: deleted rule r2',
      'ok: deleted trigger only',
    ]);
    assert.equal(await rt.ok('rule list --output name'), '/guest/r3\n');
    assert.equal(await rt.ok('trigger list --output name'), '/guest/both\n');
    assert.equal(await rt.ok('action list --output name'), '/guest/p2/hello\n');
    await rt.ok('rule delete r3');
    await rt.ok('trigger delete both');
    await rt.ok('package delete p2 -r -f');
  });
});
