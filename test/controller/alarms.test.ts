import assert from 'node:assert/strict';
import { newAction } from '../../src/lib/controller/action-change.js';
import { toActionDocument, toActionSummary } from '../../src/lib/controller/action-documents.js';
import { putPackage } from '../../src/lib/controller/package-documents.js';
import { alice, bob, ControllerUnderTest, type TestAnswer, textOf } from '../helpers/controller-under-test.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

const minute = 60_000;
const begin = Date.parse('2024-01-10T12:00:00Z');
const cron = '* * * * *';
const auth = ({ uuid, key }: typeof alice): string => `${uuid}:${key}`;

describe('the feeds of /whisk.system/alarms', () => {
  let clock: VirtualClock;
  let api: ControllerUnderTest;
  beforeEach(async () => {
    clock = new VirtualClock(begin);
    api = await new ControllerUnderTest({ clock }).start();
    await seed(api);
    await api.put('triggers/t', {});
    await api.put('actions/a', { exec: { kind: 'nodejs:20', code: 'x' } });
    await api.controller.alarms.start();
  });
  afterEach(async () => {
    await api.controller.alarms.stop();
    await api.dispose();
  });

  function send(feed: string, lifecycleEvent: unknown, more: object = {}): Promise<TestAnswer> {
    const given = { lifecycleEvent, triggerName: '/ns/t', authKey: auth(alice), ...more };
    return api.post(`//api/v1/namespaces/whisk.system/actions/alarms/${feed}?blocking=true&result=true`, given);
  }

  it('answer CREATE, READ, UPDATE and DELETE of an alarm', async () => {
    const stopDate = begin + 90 * minute;
    const created = await send('alarm', 'CREATE', { cron, stopDate, trigger_payload: '{"a":1}' });
    assert.deepEqual([created.status, created.json], [200, { status: 'success' }]);
    const config = { name: 't', namespace: 'ns', payload: { a: 1 }, cron, timezone: 'UTC', stopDate };
    const status = { active: true, dateChanged: begin, dateChangedISO: '2024-01-10T12:00:00.000Z', reason: null };
    assert.deepEqual((await send('alarm', 'READ')).json, { config, status });
    assert.deepEqual((await send('alarm', 'UPDATE', { cron: '0 * * * *' })).json, { status: 'success' });
    assert.deepEqual((await send('alarm', 'READ')).json['config'], { ...config, cron: '0 * * * *' });
    assert.deepEqual((await send('alarm', 'DELETE')).json, { status: 'success' });
    assert.equal((await send('alarm', 'READ')).json['error'], 'could not find trigger /ns/t in the database');
  });

  it('show once and interval with their parameters', async () => {
    await send('once', 'CREATE', { date: begin + 1_000, deleteAfterFire: 'rules' });
    const head = { name: 't', namespace: 'ns', payload: {} };
    assert.deepEqual((await send('once', 'READ')).json['config'], {
      ...head,
      date: begin + 1_000,
      deleteAfterFire: 'rules',
    });
    await send('interval', 'CREATE', { minutes: 5 });
    assert.deepEqual((await send('interval', 'READ')).json['config'], {
      ...head,
      minutes: 5,
      startDate: begin + 30_000,
    });
    assert.equal((await send('once', 'READ')).json['error'], 'could not find trigger /ns/t in the database');
  });

  const refused: readonly (readonly [string, string, unknown, object, string])[] = [
    ['an event of another kind', 'alarm', 'PAUSE', {}, 'unsupported lifecycleEvent'],
    ['no event', 'alarm', undefined, {}, 'unsupported lifecycleEvent'],
    ['an event that is no text', 'alarm', { a: 1 }, {}, 'unsupported lifecycleEvent'],
    ['no trigger', 'once', 'READ', { triggerName: undefined }, 'no trigger name parameter was provided'],
    ['no cron', 'alarm', 'CREATE', {}, 'alarms trigger feed is missing the cron parameter'],
    ['an unknown trigger', 'alarm', 'CREATE', { cron, triggerName: '/ns/x' }, 'Trigger authentication request failed.'],
    ['no name at all', 'alarm', 'CREATE', { cron, triggerName: '//' }, 'Trigger authentication request failed.'],
    [
      'a name that is an action',
      'alarm',
      'CREATE',
      { cron, triggerName: '/ns/a' },
      'Trigger authentication request failed.',
    ],
    ['a foreign trigger', 'alarm', 'CREATE', { cron, authKey: auth(bob) }, 'Trigger authentication request failed.'],
    [
      'a wrong key',
      'alarm',
      'CREATE',
      { cron, authKey: `${alice.uuid}:${'x'.repeat(64)}` },
      'Trigger authentication request failed.',
    ],
    ['no key', 'alarm', 'CREATE', { cron, authKey: 5 }, 'Trigger authentication request failed.'],
    [
      'an update of nothing there',
      'interval',
      'UPDATE',
      { minutes: 1 },
      'could not find trigger /ns/t in the database',
    ],
    ['a delete of nothing there', 'alarm', 'DELETE', {}, 'could not find trigger /ns/t in the database'],
  ];
  for (const [title, feed, event, more, error] of refused) {
    it(`refuse ${title}: ${error}`, async () => {
      const { status, json } = await send(feed, event, more);
      assert.deepEqual([status, json], [502, { error }]);
    });
  }

  it('leave a normal activation record, and none of the key', async () => {
    const answer = await api.post('//api/v1/namespaces/whisk.system/actions/alarms/alarm?blocking=true', {
      ...{ lifecycleEvent: 'CREATE', triggerName: '/_/t', authKey: auth(alice), cron },
    });
    const { json } = await api.get(`activations/${textOf(answer.json['activationId'])}`);
    assert.deepEqual([json['name'], json['namespace'], json['logs']], ['alarm', 'ns', []]);
    assert.deepEqual(json['response'], { status: 'success', success: true, result: { status: 'success' } });
    const annotations = json['annotations'] as unknown as readonly { key: string; value: unknown }[];
    const valueOf = (key: string): unknown => annotations.find((annotation) => annotation.key === key)?.value;
    assert.deepEqual([valueOf('path'), valueOf('kind')], ['whisk.system/alarms/alarm', 'nodejs:20']);
    const everything = [...api.alarms.alarms.values()].map(({ document }) => document).join('') + JSON.stringify(json);
    assert.equal(everything.includes(alice.key), false);
    assert.equal(api.invoker.messages.length, 0);
  });

  it('answer without waiting, and inside a sequence and through a binding', async () => {
    await api.put('packages/bound', { binding: { namespace: 'whisk.system', name: 'alarms' } });
    const given = { lifecycleEvent: 'CREATE', triggerName: '/ns/t', authKey: auth(alice), cron };
    assert.deepEqual((await api.post('actions/bound/alarm?blocking=true&result=true', given)).json, {
      status: 'success',
    });
    await api.put('actions/s', { exec: { kind: 'sequence', components: ['/whisk.system/alarms/alarm', '/_/a'] } });
    const through = await api.post('actions/s?blocking=true&result=true', given);
    assert.deepEqual(through.json, { status: 'success' });
    const accepted = await api.post('//api/v1/namespaces/whisk.system/actions/alarms/alarm', given);
    assert.equal(accepted.status, 202);
    assert.equal((await api.get(`activations/${textOf(accepted.json['activationId'])}`)).status, 200);
  });

  it('fire the trigger: its rules run with the payload, and the fire is recorded', async () => {
    await api.put('rules/r', { trigger: '/_/t', action: '/_/a' });
    await send('alarm', 'CREATE', { cron, trigger_payload: { a: 1 } });
    await clock.advance(minute);
    const content = api.invoker.messages[0]?.content;
    assert.deepEqual(content, { __ow_headers: {}, a: 1 });
    assert.equal((await api.get('activations?name=t')).json['length'], 1);
    await api.delete('triggers/t');
    await clock.advance(minute);
    await api.put('triggers/t', {});
    const { status } = (await send('alarm', 'READ')).json;
    assert.deepEqual([status?.['active'], textOf(status?.['reason']).includes('404')], [false, true]);
    await send('alarm', 'UPDATE', { cron });
    assert.equal((await send('alarm', 'READ')).json['status']?.['active'], true);
  });

  it('delete the trigger and its rules after a fire, when that is wanted', async () => {
    await api.put('rules/r', { trigger: '/_/t', action: '/_/a' });
    await send('once', 'CREATE', { date: begin + 1_000, deleteAfterFire: 'rules' });
    await clock.advance(1_000);
    assert.equal(api.invoker.messages.length, 1);
    assert.deepEqual([(await api.get('triggers/t')).status, (await api.get('rules/r')).status], [404, 404]);
    assert.equal(api.alarms.alarms.size, 0);
  });

  it('keep the beat of an interval unless the update is about it', async () => {
    await send('interval', 'CREATE', { minutes: 5 });
    await clock.advance(minute);
    await send('interval', 'UPDATE', { trigger_payload: 'x' });
    assert.equal(dueIn(api), begin + 30_000 + 5 * minute);
    await send('interval', 'UPDATE', { minutes: 2 });
    assert.equal(dueIn(api), begin + minute + 2 * minute);
    const late = await send('interval', 'UPDATE', { stopDate: begin + 2 * minute });
    assert.equal(late.json['error'], 'the first scheduled trigger fire is not until after the stop date');
  });

  it('may delete an alarm whose trigger is gone', async () => {
    await send('alarm', 'CREATE', { cron });
    await api.delete('triggers/t');
    assert.deepEqual((await send('alarm', 'DELETE')).json, { status: 'success' });
  });
});

function dueIn(api: ControllerUnderTest): unknown {
  const [stored] = api.alarms.alarms.values();
  const { state } = JSON.parse(stored?.document ?? '{}') as { readonly state: { readonly due: unknown } };
  return state.due;
}

/** The package as the platform writes it, but for its sources. */
async function seed({ artifacts }: ControllerUnderTest): Promise<void> {
  const place = { namespace: 'whisk.system', package: 'alarms' };
  const key = { ...place, package: '', name: 'alarms' };
  const parameters = [{ key: 'trigger_payload', value: '' }];
  const head = { namespace: 'whisk.system', name: 'alarms', version: '0.0.1', updated: 1 };
  await artifacts.commit([putPackage({ key, revision: 0 }, { ...head, publish: true, parameters, annotations: [] })]);
  for (const name of ['alarm', 'once', 'interval']) {
    const action = newAction({ ...place, name }, {}, { kind: 'nodejs:20', binary: false }, 1);
    const put = { collection: 'actions' as const, key: { ...place, name }, document: toActionDocument(action) };
    await artifacts.commit([{ put: { ...put, summary: toActionSummary(action), updated: 1 }, expected: 0 }]);
  }
}
