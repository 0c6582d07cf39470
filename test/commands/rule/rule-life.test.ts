import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';

describe('a rule on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', 'main = () => ({})');
    await rt.ok('action create hello hello.js');
    await rt.ok('package create pkg');
    await rt.ok('action create pkg/hello hello.js');
    await rt.ok('trigger create t');
    await rt.ok('trigger create u');
  });

  after(async () => {
    await rt.dispose();
  });

  it('C-44: is created, disabled, enabled, changed and deleted', async () => {
    assert.equal(await rt.ok('rule create r t hello'), 'ok: created rule r\n');
    assert.equal((await rt.run('rule create r t hello')).status, 153);
    assert.equal(await rt.ok('rule status r'), 'ok: rule r is active\n');
    assert.equal(await rt.ok('rule disable r'), 'ok: disabled rule r\n');
    assert.equal(await rt.ok('rule status r -q'), 'inactive\n');
    assert.equal(await rt.ok('rule update r u pkg/hello'), 'ok: updated rule r\n');
    assert.equal(await rt.ok('rule get r --summary'), 'rule /guest/r\n   (status: inactive)\n');
    assert.deepEqual(JSON.parse(await rt.ok('rule get r action -q')), { path: 'guest/pkg', name: 'hello' });
    assert.equal(await rt.ok('rule enable r'), 'ok: enabled rule r\n');
    assert.equal(((await rt.json('rule disable r')) as { status: unknown }).status, 'inactive');
    assert.equal(await rt.ok('rule delete r --disable'), 'ok: deleted rule r\n');
    assert.equal((await rt.run('rule get r')).status, 148);
    assert.equal(await rt.ok('rule delete r --if-exists --disable'), 'ok: rule r does not exist\n');
  });

  it('C-53: is refused in the words of the platform', async () => {
    const cases: readonly [string, number, RegExp][] = [
      ['create r t missing', 144, /^error: Unable to create rule 'r': action \/guest\/missing does not exist \(code /],
      [
        'create r missing hello',
        144,
        /^error: Unable to create rule 'r': trigger \/guest\/missing does not exist \(code /,
      ],
      [
        'update r missing hello',
        144,
        /^error: Unable to update rule 'r': trigger \/guest\/missing does not exist \(code /,
      ],
      ['enable r', 148, /^error: Unable to enable rule 'r': The requested resource does not exist\. \(code /],
      ['delete r', 148, /^error: Unable to delete rule 'r': The requested resource does not exist\. \(code /],
    ];
    for (const [words, expected, message] of cases) {
      const { status, stdout, stderr } = await rt.run(`rule ${words}`);
      assert.deepEqual([status, stdout], [expected, ''], words);
      assert.match(stderr, message);
    }
  });

  it('C-70: is listed with the status of each of many', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `r${String(index + 10)}`);
    for (const name of names) await rt.ok(`rule create ${name} t hello`);
    for (const name of names.slice(0, 5)) await rt.ok(`rule disable ${name}`);
    const lines = (await rt.ok('rule list --name-sort')).trimEnd().split('\n').slice(1);
    assert.deepEqual(
      lines.map((line) => line.split(/ +/).join(' ')),
      names.map((name, index) => `/guest/${name} private ${index < 5 ? 'inactive' : 'active'} /guest/t → /guest/hello`),
    );
    const documents = (await rt.json('rule list --all')) as { name: string; status: string }[];
    const inactive = documents.filter(({ status }) => status === 'inactive').map(({ name }) => name);
    assert.deepEqual([documents.length, inactive.sort()], [20, names.slice(0, 5)]);
    assert.equal(await rt.ok('rule list --count'), 'You have 20 rules in this namespace.\n');
    assert.equal((await rt.ok('rule list --limit 3 --output name')).split('\n').length, 4);
    assert.match(await rt.ok(['rule', 'delete', ...names]), /^(?:ok: deleted rule r\d\d\n){20}$/);
  });
});
