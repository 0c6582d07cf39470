import assert from 'node:assert/strict';
import type { DesiredPackage, DesiredState } from '../../src/lib/project/desired-state.js';
import type { Outcome } from '../../src/lib/project/outcome.js';
import { RtError } from '../../src/lib/errors/rt-error.js';
import { echo, emptyProject, ProjectOnPlatform } from '../helpers/project-on-platform.js';

const project = { name: 'shop', hash: 'h1', file: 'manifest.yaml' };
const plain = { publish: false, parameters: {}, annotations: {} };
const alarm = {
  feed: '/whisk.system/alarms/alarm',
  feedParameters: { cron: '0 3 * * *' },
  parameters: {},
  annotations: {},
};

const shop: DesiredState = {
  ...emptyProject,
  project,
  packages: new Map([['p', plain]]),
  actions: new Map([
    ['p/one', echo()],
    ['top', echo()],
  ]),
  triggers: new Map([['nightly', alarm]]),
  rules: new Map([['nightly-top', { trigger: 'nightly', action: 'top', annotations: {} }]]),
};
const managed = { managed: true };
const deleted = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.filter(({ kind }) => kind === 'deleted').map(({ thing, name }) => `${thing} ${name}`);
const valueOf = (entity: Record<string, unknown>, key: string): unknown =>
  (entity['annotations'] as { key: string; value: unknown }[]).find((entry) => entry.key === key)?.value;

describe('managed projects', function () {
  this.timeout(120_000);
  let on: ProjectOnPlatform;

  before(async () => {
    on = await ProjectOnPlatform.start();
  });

  afterEach(async () => {
    for (const name of ['shop', 'other']) await on.host.undeploy({ project: name });
  });

  after(() => on.dispose());

  it('D-23: marks every entity as wskdeploy does', async () => {
    await on.host.deploy(shop, managed);
    const mark = { projectName: 'shop', projectHash: 'h1', projectDeps: [], file: 'manifest.yaml' };
    for (const path of ['packages/p', 'actions/p/one', 'actions/top', 'triggers/nightly', 'rules/nightly-top']) {
      assert.deepEqual(valueOf(await on.get(path), 'whisk-managed'), mark, path);
    }
  });

  it('D-23: an entity keeps its mark when the project is deployed without one, and gets it when it had none', async () => {
    await on.host.deploy(shop, managed);
    await on.host.deploy({ ...shop, actions: new Map([...shop.actions, ['top', echo({ parameters: { a: 1 } })]]) });
    assert.ok(valueOf(await on.get('actions/top'), 'whisk-managed') !== undefined);
    await on.host.undeploy({ project: 'shop' });
    await on.host.deploy(shop);
    const { plan } = await on.host.deploy(shop, managed);
    assert.deepEqual(
      plan.writes.map(({ op, reasons }) => [op, ...reasons]),
      plan.writes.map(() => ['update', 'adopts']),
    );
  });

  it('D-24: deletes what is no longer desired, outside of packages too, and tells feeds first', async () => {
    await on.host.deploy(shop, managed);
    const { outcomes, requests } = await on.host.deploy(
      { ...emptyProject, project, packages: new Map([['p', plain]]) },
      managed,
    );
    assert.deepEqual(deleted(outcomes), ['rule nightly-top', 'trigger nightly', 'action top', 'action p/one']);
    const at = (part: string): number => requests.findIndex((request) => request.includes(part));
    assert.ok(at('alarms/alarm') > 0 && at('alarms/alarm') < at('DELETE /api/v1/namespaces/_/triggers/nightly'));
    assert.deepEqual(await on.names('triggers'), []);
  });

  it('D-24: does not delete by hash: an entity of an older manifest stays when it is desired', async () => {
    await on.host.deploy(shop, managed);
    const { outcomes, requests } = await on.host.deploy({ ...shop, project: { ...project, hash: 'h2' } }, managed);
    assert.deepEqual([...new Set(outcomes.map(({ kind }) => kind))], ['unchanged']);
    assert.deepEqual(
      requests.filter((request) => !request.startsWith('GET')),
      [],
    );
  });

  it('D-25: never deletes what nobody marked, and keeps and reports a package that holds such an action', async () => {
    await on.host.deploy(shop, managed);
    await on.platform.putAction('p/foreign', 'exports.main = () => ({})');
    await on.platform.putAction('alone', 'exports.main = () => ({})');
    const { outcomes, warnings } = await on.host.undeploy({ project: 'shop' });
    assert.ok(!deleted(outcomes).includes('package p'));
    assert.deepEqual(warnings, ["package 'p' is kept: it holds p/foreign, which the project does not own"]);
    assert.deepEqual(await on.names('actions'), ['alone', 'p/foreign']);
    await on.platform.request('DELETE', 'actions/p/foreign');
    await on.platform.request('DELETE', 'actions/alone');
    await on.host.undeploy({ desired: shop });
  });

  it('D-25: refuses to overwrite another project before any write, unless told to take over', async () => {
    await on.host.deploy(shop, managed);
    const other = {
      ...shop,
      project: { ...project, name: 'other' },
      packages: new Map([...shop.packages, ['q', plain]]),
    };
    await assert.rejects(on.host.deploy(other, managed), (error: unknown) => {
      assert.ok(error instanceof RtError);
      assert.equal(error.exitStatus, 2);
      assert.match(error.message, /^These entities belong to another project: package 'p' \(project 'shop'\), /);
      return true;
    });
    assert.deepEqual(await on.names('packages'), ['p']);
    const { plan } = await on.host.deploy(other, { ...managed, takeOver: true });
    assert.deepEqual(plan.writes.find(({ entity }) => entity.name === 'top')?.reasons, [
      'takes over from project shop',
    ]);
    assert.equal(
      (valueOf(await on.get('actions/top'), 'whisk-managed') as { projectName: string }).projectName,
      'other',
    );
  });

  it('D-26: an empty project needs --allow-empty, and then everything goes', async () => {
    await on.host.deploy(shop, managed);
    await assert.rejects(on.host.deploy({ ...emptyProject, project }, managed), /The project is empty/);
    const { outcomes } = await on.host.deploy({ ...emptyProject, project }, { ...managed, allowEmpty: true });
    assert.equal(deleted(outcomes).length, 5);
  });

  it('D-27: undeploys the named entities that exist, feeds told', async () => {
    await on.host.deploy(shop);
    await on.platform.request('DELETE', 'actions/p/one');
    const { outcomes, requests } = await on.host.undeploy({ desired: shop });
    assert.deepEqual(deleted(outcomes), ['rule nightly-top', 'trigger nightly', 'action top', 'package p']);
    assert.ok(requests.some((request) => request.includes('alarms/alarm')));
    assert.deepEqual((await on.host.undeploy({ desired: shop })).outcomes, []);
  });

  it('D-21: without a record every entity is read and compared', async () => {
    const noFeed = { ...shop, triggers: new Map([['nightly', { parameters: { a: 1 }, annotations: {} }]]) };
    await on.host.deploy(noFeed, { record: false });
    assert.equal(valueOf(await on.get('actions/top'), 'rt'), undefined);
    const second = await on.host.deploy(noFeed, { record: false });
    assert.deepEqual([...new Set(second.outcomes.map(({ kind }) => kind))], ['unchanged']);
    await on.host.undeploy({ desired: noFeed });
  });

  it('§1.4: a changed feed is taken off and connected again, an unchanged one is left alone', async () => {
    const feedCalls = (requests: readonly string[]): number =>
      requests.filter((request) => request.includes('alarms/alarm')).length;
    assert.equal(feedCalls((await on.host.deploy(shop)).requests), 1);
    const noted = { ...shop, triggers: new Map([['nightly', { ...alarm, annotations: { note: 'x' } }]]) };
    assert.equal(feedCalls((await on.host.deploy(noted)).requests), 0);
    const later = { ...shop, triggers: new Map([['nightly', { ...alarm, feedParameters: { cron: '0 4 * * *' } }]]) };
    assert.equal(feedCalls((await on.host.deploy(later)).requests), 2);
    const noFeed = { ...shop, triggers: new Map([['nightly', { parameters: {}, annotations: {} }]]) };
    assert.equal(feedCalls((await on.host.deploy(noFeed)).requests), 1);
    assert.equal(valueOf(await on.get('triggers/nightly'), 'feed'), undefined);
    await on.host.undeploy({ desired: shop });
  });

  it('§1.4: a trigger whose feed refuses it is deleted again', async () => {
    const broken = { ...shop, triggers: new Map([['nightly', { ...alarm, feedParameters: { cron: 'never' } }]]) };
    const { outcomes } = await on.host.deploy(broken);
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'created').map(({ thing, name, kind }) => `${kind} ${thing} ${name}`),
      ['failed trigger nightly', 'skipped rule nightly-top'],
    );
    assert.deepEqual(await on.names('triggers'), []);
    await on.host.undeploy({ desired: shop });
  });

  it('§1.4: a binding takes the place of a package of ours, and the reverse', async () => {
    const bound: DesiredState = {
      ...emptyProject,
      project,
      packages: new Map<string, DesiredPackage>([
        ['p', plain],
        ['b', { binding: '/_/p', parameters: {}, annotations: {} }],
      ]),
    };
    const both = {
      ...bound,
      packages: new Map([
        ['p', plain],
        ['b', plain],
      ]),
    };
    for (const state of [both, bound, both]) {
      const { outcomes } = await on.host.deploy(state, managed);
      assert.deepEqual(
        outcomes.filter(({ kind }) => kind === 'failed'),
        [],
      );
    }
    assert.deepEqual((await on.get('packages/b'))['binding'], {});
  });

  it('§1.4: a package that rt did not deploy is never deleted for a binding', async () => {
    await on.platform.request('PUT', 'packages/b', {});
    const bound = {
      ...emptyProject,
      packages: new Map([['b', { binding: '/whisk.system/utils', parameters: {}, annotations: {} }]]),
    };
    await assert.rejects(on.host.deploy(bound), /Package 'b' exists and cannot become a binding/);
    await on.platform.request('DELETE', 'packages/b');
  });

  it('D-22: sees all of 300 entities when it plans, syncs and undeploys', async () => {
    const many = {
      ...emptyProject,
      project,
      packages: new Map(Array.from({ length: 300 }, (_, at) => [`p${String(at)}`, plain] as const)),
    };
    await on.host.deploy(many, managed);
    const again = await on.host.deploy(many, managed);
    assert.equal(again.outcomes.filter(({ kind }) => kind === 'unchanged').length, 300);
    assert.equal(again.requests.length, 5);
    assert.equal(deleted((await on.host.undeploy({ project: 'shop' })).outcomes).length, 300);
  });
});
