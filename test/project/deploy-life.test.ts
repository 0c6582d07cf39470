import assert from 'node:assert/strict';
import type { DesiredState } from '../../src/lib/project/desired-state.js';
import { echo, emptyProject, ProjectOnPlatform, withCode } from '../helpers/project-on-platform.js';

const project = { name: 'tickets', hash: 'abc', file: 'manifest.yaml' };

/** One entity of every kind. */
const desk: DesiredState = {
  ...emptyProject,
  project,
  packages: new Map([
    ['desk', { publish: false, parameters: { table: 'tickets-dev' }, annotations: { owner: 'me' } }],
    ['tools', { binding: '/_/desk', parameters: {}, annotations: {} }],
  ]),
  actions: new Map([
    [
      'desk/open',
      echo({ annotations: { 'web-export': true, final: true }, parameters: { max: 20 }, limits: { timeout: 10_000 } }),
    ],
    ['desk/close', echo()],
    ['plain', echo()],
    ['desk/twice', { sequence: ['/_/desk/reopen', '/_/plain'], annotations: {} }],
    ['desk/reopen', { sequence: ['/_/desk/close', '/_/desk/open'], annotations: {} }],
  ]),
  triggers: new Map([
    ['called', { parameters: { a: 1 }, annotations: {} }],
    [
      'nightly',
      { feed: '/whisk.system/alarms/alarm', feedParameters: { cron: '0 3 * * *' }, parameters: {}, annotations: {} },
    ],
  ]),
  rules: new Map([['nightly-close', { trigger: 'nightly', action: 'desk/close', annotations: {} }]]),
  apis: [
    { name: 'desk-api', basePath: 'desk', path: 'tickets', method: 'POST', action: 'desk/open', response: 'http' },
  ],
};

const writesIn = (requests: readonly string[]): readonly string[] =>
  requests.filter((request) => !request.startsWith('GET '));

describe('deploying a project', function () {
  this.timeout(120_000);
  let on: ProjectOnPlatform;

  before(async () => {
    on = await ProjectOnPlatform.start();
  });

  after(() => on.dispose());

  it('D-18: creates packages, bindings, actions, sequences, triggers, rules and routes in this order', async () => {
    const { outcomes, requests } = await on.host.deploy(desk);
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'created'),
      [],
    );
    const paths = writesIn(requests).map((request) => request.replace('/api/v1/namespaces/_/', '').replace(/\?.*/, ''));
    const at = (path: string): number => paths.findIndex((candidate) => candidate.endsWith(path));
    const order = [
      'packages/desk',
      'packages/tools',
      'actions/desk/close',
      'desk/reopen',
      'desk/twice',
      'triggers/called',
      'triggers/nightly',
      'rules/nightly-close',
      'createApi.http',
    ];
    assert.deepEqual(
      [...order].sort((a, b) => at(a) - at(b)),
      order,
    );
    assert.deepEqual(await on.names('actions'), ['desk/close', 'desk/open', 'desk/reopen', 'desk/twice', 'plain']);
  });

  it('D-21: sends no write when nothing has changed, and only lists', async () => {
    const { plan, outcomes, requests } = await on.host.deploy(desk);
    assert.deepEqual(
      plan.writes.filter(({ op }) => op !== 'unchanged').map(({ entity, op, reasons }) => [entity.name, op, reasons]),
      [],
    );
    assert.equal(outcomes.length, 11);
    assert.equal(requests.length, 5);
    assert.deepEqual(writesIn(requests), []);
  });

  it('D-16: removes what the project no longer states: a web flag, an input, an annotation, a limit, a package parameter', async () => {
    const changed: DesiredState = {
      ...desk,
      packages: new Map([...desk.packages, ['desk', { publish: false, parameters: {}, annotations: {} }]]),
      actions: new Map([...desk.actions, ['desk/open', echo()]]),
      apis: [],
    };
    const { plan, requests } = await on.host.deploy(changed);
    assert.deepEqual(
      plan.writes.filter(({ op }) => op === 'update').map(({ entity }) => entity.name),
      ['desk', 'desk/open'],
    );
    assert.equal(writesIn(requests).length, 2);
    const open = await on.get('actions/desk/open');
    const keys = (open['annotations'] as { key: string }[]).map(({ key }) => key).sort();
    assert.deepEqual(keys, ['exec', 'provide-api-key', 'rt']);
    assert.deepEqual(open['parameters'], []);
    assert.equal((open['limits'] as { timeout: number }).timeout, 60_000);
    const stored = await on.get('packages/desk');
    assert.deepEqual(stored['parameters'], []);
  });

  it('D-21: an update without other code does not send the code', async () => {
    const changed = {
      ...desk,
      actions: new Map([...desk.actions, ['plain', echo({ parameters: { greeting: 'hi' } })]]),
    };
    const { plan } = await on.host.deploy(changed);
    assert.deepEqual(
      plan.writes.filter(({ op, sendPart }) => op === 'update' && sendPart).map(({ entity }) => entity.name),
      [],
    );
    const { body } = await on.platform.request('POST', 'actions/plain?blocking=true&result=true', {});
    assert.deepEqual(body, { greeting: 'hi' });
  });

  it('D-21: sees and resets what was changed outside', async () => {
    await on.host.deploy(desk);
    await on.platform.request('PUT', 'actions/plain?overwrite=true', { limits: { timeout: 5_000 } });
    const { plan } = await on.host.deploy(desk);
    assert.deepEqual(
      plan.drift.map(({ name }) => name),
      ['plain'],
    );
    assert.equal(((await on.get('actions/plain'))['limits'] as { timeout: number }).timeout, 60_000);
    assert.deepEqual(writesIn((await on.host.deploy(desk)).requests), []);
  });

  it('§4.2: a plan names the fields that change, secrets hidden', async () => {
    const changed = {
      ...desk,
      actions: new Map([
        ...desk.actions,
        ['desk/open', echo({ parameters: { max: 10, apiKey: 'hush', url: 'https://me:hush@db/x' }, limits: {} })],
        ['plain', echo(withCode('() => ({ other: true })'))],
      ]),
    } as DesiredState;
    const plan = await on.host.plan(changed, { fields: true });
    const fields = plan.writes.flatMap((write) => write.fields.map((field) => [write.entity.name, field]));
    assert.doesNotMatch(JSON.stringify(fields), /hush/);
    assert.deepEqual(fields.slice(0, -1), [
      ['desk/open', { path: 'parameters.max', from: 20, to: 10 }],
      ['desk/open', { path: 'limits.timeout', from: 10_000, to: 60_000 }],
      ['desk/open', { path: 'annotations.web-export', from: true }],
      ['desk/open', { path: 'annotations.final', from: true }],
      ['desk/open', { path: 'parameters.apiKey', to: '****' }],
      ['desk/open', { path: 'parameters.url', to: 'https://me:****@db/x' }],
    ]);
    assert.equal((fields.at(-1) as [string, { path: string }])[1].path, 'code');
  });
});
