import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';

describe('a namespace on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', 'main = () => ({})');
  });

  after(async () => {
    await rt.dispose();
  });

  /** Rows without our own columns: wsk's first ones. */
  const rows = (text: string): string[] =>
    text.split('\n').map((line) =>
      line
        .split(/ +/)
        .slice(0, line.startsWith('Entities') ? 4 : 3)
        .join(' '),
    );

  it('C-46: shows an empty namespace, then everything in it, latest first or by name', async () => {
    assert.equal(await rt.ok('list'), 'Entities in namespace: default\npackages\nactions\ntriggers\nrules\n');
    await rt.ok('package create pkg --shared');
    await rt.ok('package bind pkg bound');
    for (const name of ['pkg/hello', 'b', 'a']) await rt.ok(`action create ${name} hello.js`);
    await rt.ok('trigger create t');
    await rt.ok('rule create r t a');
    await rt.ok('rule create off t b');
    await rt.ok('rule disable off');
    const latest = await rt.ok('namespace get');
    assert.deepEqual(rows(latest), [
      'Entities in namespace: default',
      'packages',
      '/guest/bound private binding',
      '/guest/pkg shared package',
      'actions',
      '/guest/a private nodejs:20',
      '/guest/b private nodejs:20',
      '/guest/pkg/hello private nodejs:20',
      'triggers',
      '/guest/t private 1',
      'rules',
      '/guest/off private inactive',
      '/guest/r private active',
      '',
    ]);
    for (const line of ['list /_', 'ls', 'ns get', 'get', 'namespace get /guest']) {
      const head = line.endsWith('/guest') ? 'guest' : 'default';
      assert.equal(await rt.ok(line), latest.replace('namespace: default', `namespace: ${head}`), line);
    }
    const byName = await rt.ok('list -n --output name');
    assert.deepEqual(byName.trimEnd().split('\n'), [
      ...[
        '/guest/bound',
        '/guest/pkg',
        '/guest/a',
        '/guest/b',
        '/guest/pkg/hello',
        '/guest/t',
        '/guest/off',
        '/guest/r',
      ],
    ]);
    const document = (await rt.json('list')) as Record<string, { name: string; status?: string }[]>;
    assert.deepEqual(
      document['rules']?.map(({ name, status }) => `${name} ${String(status)}`),
      ['off inactive', 'r active'],
    );
    assert.deepEqual(Object.keys(document), ['namespace', 'packages', 'actions', 'triggers', 'rules']);
  });

  it('names the namespace of the key, and its limits', async () => {
    assert.equal(await rt.ok('namespace list'), 'namespaces\nguest\n');
    assert.deepEqual(await rt.json('ns ls'), ['guest']);
    assert.equal(await rt.ok('whoami -q'), 'guest\n');
    const current = (await rt.json('namespace current')) as Record<string, string>;
    assert.deepEqual([current['namespace'], current['authSource']], ['guest', 'RT_AUTH']);
    assert.match(await rt.ok('namespace limits'), /^Limit +Value\n(?:\w+ +\S+.*\n)*maxActionTimeout +300000\n/);
    assert.equal(((await rt.json('namespace limits /guest')) as Record<string, unknown>)['maxActionMemory'], 512);
  });

  it('sets and shows log forwarding, and keeps secrets to itself', async () => {
    assert.deepEqual(await rt.json('namespace log-forwarding get'), { adobe_io_runtime: {} });
    const settings = '--host splunk.example.com --port 8088 --index main --hec-token -';
    const set = await rt.run(`namespace lf set splunk-hec ${settings} -v`, { stdin: 'very-secret\n' });
    assert.equal(set.stdout, 'ok: log forwarding of this namespace is set to splunk_hec\n');
    assert.doesNotMatch(set.stderr, /very-secret/);
    const stored = { splunk_hec: { host: 'splunk.example.com', port: '8088', index: 'main' } };
    assert.deepEqual(await rt.json('ns lf get'), stored);
    assert.equal(await rt.ok('ns lf errors'), 'ok: no errors of log forwarding to splunk_hec\n');
    await rt.ok('ns lf set azure-log-analytics --customer-id a --shared-key b --log-type c');
    await rt.ok('ns lf set new-relic --base-uri https://example.com --license-key b');
    assert.equal(await rt.ok('ns lf get --output name'), 'new_relic\n');
    const asked = await rt.run('ns lf set', {
      columns: 80,
      typed: (question) => (question.includes('Where') ? 'splunk_hec' : 'x'),
    });
    assert.equal(asked.status, 0, asked.stderr);
    assert.deepEqual(await rt.json('ns lf get'), { splunk_hec: { host: 'x', port: 'x', index: 'x' } });
    await rt.ok('ns lf set adobe-io-runtime');
    assert.deepEqual(await rt.json('ns lf get'), { adobe_io_runtime: {} });
  });

  it('C-61: is cleaned only when that is confirmed, feeds included', async () => {
    await rt.ok(
      'trigger create nightly --feed /whisk.system/alarms/alarm -p cron 0_0_*_*_*'
        .split(' ')
        .map((word) => word.replaceAll('_', ' ')),
    );
    const refused = await rt.run('namespace clean');
    assert.deepEqual(
      [refused.status, refused.stderr],
      [
        2,
        'error: this would delete 2 rules, 2 triggers, 3 actions and 2 packages in your namespace; confirm with --force (there is no terminal to ask on)\n',
      ],
    );
    const would = await rt.ok('namespace clean --dry-run');
    assert.match(would, /^would delete rule off\nwould delete rule r\nwould delete trigger nightly\n/);
    const declined = await rt.run('namespace clean', { columns: 80, answer: () => false });
    assert.equal(declined.status, 1);
    assert.equal(await rt.ok('ns clean --dry-run'), would);
    assert.deepEqual(await rt.json('namespace clean --force'), {
      rules: ['off', 'r'],
      triggers: ['nightly', 't'],
      actions: ['a', 'b', 'pkg/hello'],
      packages: ['bound', 'pkg'],
    });
    assert.equal(await rt.ok('list'), 'Entities in namespace: default\npackages\nactions\ntriggers\nrules\n');
    assert.equal(await rt.ok('namespace clean'), 'ok: there is nothing to delete\n');
  });
});
