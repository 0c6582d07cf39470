import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';
import { eventually } from '../../helpers/test-platform.js';

/** A feed that keeps nothing, answers what it was told, and refuses on demand. */
const feedCode = `function main({ lifecycleEvent, triggerName, cron }) {
  if (cron === 'never') return { error: 'no such cron' };
  return { event: lifecycleEvent, trigger: triggerName, cron };
}`;

describe('a trigger on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', 'main = ({ place, time }) => ({ text: `${place} ${time}` })');
    await rt.folder.write('feed.js', feedCode);
    await rt.ok('action create hello hello.js');
    await rt.ok('action create feed feed.js');
  });

  after(async () => {
    await rt.dispose();
  });

  async function parametersOf(name: string): Promise<unknown> {
    return JSON.parse(await rt.ok(`trigger get ${name} parameters -q`)) as unknown;
  }

  it('C-44: is created, changed, read, listed and deleted', async () => {
    assert.equal(await rt.ok('trigger create t -p a 1 -a description fires'), 'ok: created trigger t\n');
    assert.equal((await rt.run('trigger create t')).status, 153);
    assert.equal(await rt.ok('trigger get t --summary'), 'trigger /guest/t: fires\n   (parameters: *a)\n');
    assert.equal(await rt.ok('trigger update t -p a 2 -p b 12345678901234567890'), 'ok: updated trigger t\n');
    assert.match(await rt.ok('trigger get t parameters -q'), /"value": 12345678901234567890\n/);
    assert.equal(await rt.ok('trigger update t -a x 1'), 'ok: updated trigger t\n');
    assert.match(await rt.ok('trigger list'), /^triggers\n\/guest\/t private - - \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/);
    assert.equal(await rt.ok('trigger list --count'), 'You have 1 trigger in this namespace.\n');
    assert.match(await rt.ok('trigger get t --output yaml'), /^namespace: guest\nname: t\n/);
    assert.equal(await rt.ok('trigger delete t'), 'ok: deleted trigger t\n');
    assert.equal((await rt.run('trigger get t')).status, 148);
    assert.equal(await rt.ok('trigger delete t --if-exists'), 'ok: trigger t does not exist\n');
  });

  it('C-8: keeps names with blanks, @ and dots through its life', async () => {
    const name = 'a b@c.d-e_f';
    for (const [verb, done] of [
      ['create', 'created'],
      ['update', 'updated'],
      ['delete', 'deleted'],
    ] as const) {
      assert.equal(await rt.ok(['trigger', verb, name]), `ok: ${done} trigger ${name}\n`);
      if (verb !== 'delete') assert.match(await rt.ok(['trigger', 'get', name]), /^ok: got trigger a b@c\.d-e_f\n/);
    }
  });

  it('C-44: fires, with an activation as soon as a rule is active', async () => {
    await rt.ok('trigger create t -p place Oslo');
    assert.equal(await rt.ok('trigger fire t'), 'ok: triggered /_/t without an activation (no active rules)\n');
    await rt.ok('rule create r t hello');
    assert.match(await rt.ok('trigger list'), /^triggers\n\/guest\/t private 1 active - /);
    assert.match(await rt.ok('trigger fire t -p time now'), /^ok: triggered \/_\/t with id [0-9a-f]{32}\n$/);
    await eventually(async () => (await rt.run('activation result --last --action hello')).status === 0);
    assert.deepEqual(await rt.json('activation result --last --action hello'), { text: 'Oslo now' });
    await rt.ok('rule disable r');
    assert.match(await rt.ok('trigger list'), /^triggers\n\/guest\/t private 0 active - /);
    assert.deepEqual(await rt.json('trigger fire t'), { activationId: null });
    await rt.ok('rule delete r');
    await rt.ok('trigger delete t');
  });

  it('C-69: leads the life of its feed', async () => {
    assert.equal(await rt.ok('trigger create ft --feed feed -F cron now -T place Rome'), 'ok: created trigger ft\n');
    const shown = await rt.ok('trigger get ft');
    assert.match(shown, /^ok: got trigger ft\n\{\n/);
    assert.ok(shown.endsWith('\n}\n{\n    "event": "READ",\n    "trigger": "/_/ft"\n}\n'), shown);
    assert.equal(await rt.ok('trigger update ft -p cron later'), 'ok: updated trigger ft\n');
    assert.deepEqual(await parametersOf('ft'), [{ key: 'place', value: 'Rome' }]);
    assert.equal(await rt.ok('trigger update ft -a note hi'), 'ok: updated trigger ft\n');
    assert.match(await rt.ok('trigger list'), /^triggers\n\/guest\/ft private - \/_\/feed /);
    const refused = await rt.run('trigger update ft -p cron never');
    assert.equal(refused.status, 246);
    assert.match(
      refused.stderr,
      /^error: Unable to update trigger 'ft': Unable to configure feed '\/_\/feed': no such cron\n/,
    );
    assert.equal(await rt.ok('trigger delete ft'), 'ok: deleted trigger ft\n');
  });

  it('C-69: is taken back when its feed fails or does not exist', async () => {
    const refused = await rt.run('trigger create ft --feed feed -p cron never');
    assert.equal(refused.status, 246);
    assert.match(
      refused.stderr,
      /^error: Unable to create trigger 'ft': Unable to configure feed '\/_\/feed': no such cron\n/,
    );
    const lost = await rt.run('trigger create ft --feed missing');
    assert.equal(lost.status, 148);
    assert.match(
      lost.stderr,
      /: Unable to configure feed '\/_\/missing': The requested resource does not exist\. \(code /,
    );
    assert.equal((await rt.run('trigger get ft')).status, 148);
  });

  it('C-69: is deleted although its feed is gone', async () => {
    await rt.ok('action create passing feed.js');
    await rt.ok('trigger create ft --feed passing');
    await rt.ok('action delete passing');
    const { status, stdout, stderr } = await rt.run('trigger delete ft');
    assert.deepEqual([status, stdout], [0, 'ok: deleted trigger ft\n']);
    assert.match(stderr, /^warning: Unable to take trigger 'ft' from its feed '\/_\/passing': The requested resource/);
  });

  it('C-69: is fired by the alarms of the platform', async () => {
    await rt.ok(['trigger', 'create', 'alarm', '--feed', '/whisk.system/alarms/interval', '-p', 'minutes', '5']);
    const { feed } = (await rt.json('trigger get alarm')) as { feed: { config: object; status: object } };
    assert.deepEqual(
      { name: 'alarm', namespace: 'guest', minutes: 5 },
      pick(feed.config, ['name', 'namespace', 'minutes']),
    );
    const wrong = await rt.run('trigger update alarm -p minutes soon');
    assert.equal(wrong.status, 246);
    assert.match(wrong.stderr, /: the minutes parameter must be an integer\n/);
    await rt.ok('trigger create plain -a note hi');
    assert.equal((await rt.run('trigger update plain --feed /whisk.system/alarms/interval')).status, 246);
    assert.deepEqual(JSON.parse(await rt.ok('trigger get plain annotations -q')), [{ key: 'note', value: 'hi' }]);
    await rt.ok('trigger update plain --feed /whisk.system/alarms/interval -p minutes 7');
    assert.equal(await rt.ok('trigger delete alarm plain'), 'ok: deleted trigger alarm\nok: deleted trigger plain\n');
  });
});

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
