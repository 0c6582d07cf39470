import assert from 'node:assert/strict';
import type { DesiredState } from '../../src/lib/project/desired-state.js';
import type { Outcome } from '../../src/lib/project/outcome.js';
import { type Fault, FaultyProxy } from '../helpers/faulty-proxy.js';
import { echo, emptyProject, ProjectHost, ProjectOnPlatform } from '../helpers/project-on-platform.js';

const plain = { publish: false, parameters: {}, annotations: {} };
const project = { name: 'shop', hash: 'h', file: 'manifest.yaml' };

/** Two packages, in each an action, a sequence over one and a rule to it. */
const shop: DesiredState = {
  ...emptyProject,
  project,
  packages: new Map([
    ['a', plain],
    ['b', plain],
  ]),
  actions: new Map([
    ['a/one', echo()],
    ['b/two', echo()],
    ['a/list', { sequence: ['/_/a/one'], annotations: {} }],
  ]),
  triggers: new Map([['go', { parameters: {}, annotations: {} }]]),
  rules: new Map([['go-list', { trigger: 'go', action: '/_/a/list', annotations: {} }]]),
};

const kindsOf = (outcomes: readonly Outcome[]): Record<string, string> =>
  Object.fromEntries(outcomes.map(({ thing, name, kind }) => [`${thing} ${name}`, kind]));

describe('deploying to a host that fails', function () {
  this.timeout(120_000);
  let on: ProjectOnPlatform;
  let proxy: FaultyProxy;
  let host: ProjectHost;

  before(async () => {
    on = await ProjectOnPlatform.start();
    proxy = await FaultyProxy.before(on.url);
    host = ProjectHost.at(proxy.url, on.auth);
  });

  beforeEach(async () => {
    proxy.place = () => undefined;
    await on.host.deploy({ ...emptyProject, project }, { managed: true, allowEmpty: true });
    proxy.writes.length = 0;
  });

  after(async () => {
    await proxy.close();
    await on.dispose();
  });

  it('D-19: an entity that fails stops only what needs it, and the next run completes', async () => {
    proxy.place = (_write, request) => (request.includes('actions/a/one') ? { status: 500 } : undefined);
    const first = await host.deploy(shop, { managed: true });
    assert.deepEqual(kindsOf(first.outcomes), {
      'package a': 'created',
      'package b': 'created',
      'action a/one': 'failed',
      'action b/two': 'created',
      'action a/list': 'skipped',
      'trigger go': 'created',
      'rule go-list': 'skipped',
    });
    const skipped = first.outcomes.find(({ name }) => name === 'a/list');
    assert.equal(skipped?.kind === 'skipped' ? skipped.needs : '', 'action a/one');
    proxy.place = () => undefined;
    const second = await host.deploy(shop, { managed: true });
    assert.deepEqual(Object.values(kindsOf(second.outcomes)).sort(), [
      ...['created', 'created', 'created'],
      ...['unchanged', 'unchanged', 'unchanged', 'unchanged'],
    ]);
  });

  it('D-19: the seventh write that fails leaves the six before it, and nothing is deleted', async () => {
    await host.deploy({ ...shop, packages: new Map([...shop.packages, ['old', plain]]) }, { managed: true });
    proxy.writes.length = 0;
    proxy.place = (write) => (write === 7 ? { status: 500 } : undefined);
    const { outcomes } = await host.deploy(shop, { managed: true, full: true });
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'updated').map(({ thing, name, kind }) => [thing, name, kind]),
      [['rule', 'go-list', 'failed']],
    );
    assert.ok((await on.names('packages')).includes('old'));
    proxy.place = () => undefined;
    const { outcomes: after } = await host.deploy(shop, { managed: true });
    assert.deepEqual(
      after.filter(({ kind }) => kind === 'deleted').map(({ name }) => name),
      ['old'],
    );
  });

  it('D-20: tries again after a conflict, a cut connection and 429 with Retry-After', async () => {
    const faults = new Map<string, Fault>([
      ['packages/b', { status: 409, body: '{"error":"Concurrent modification to resource detected","code":"t"}' }],
      ['actions/a/one', 'drop'],
      ['actions/b/two', { status: 429, headers: { 'retry-after': '0' } }],
      ['triggers/go', { status: 503 }],
    ]);
    proxy.place = (_write, request) => {
      const [key] = [...faults.keys()].filter((path) => request.includes(path));
      const fault = key === undefined ? undefined : faults.get(key);
      if (key !== undefined) faults.delete(key);
      return fault;
    };
    const { outcomes } = await host.deploy(shop, { managed: true });
    assert.deepEqual([...faults], []);
    assert.deepEqual([...new Set(outcomes.map(({ kind }) => kind))], ['created']);
    assert.equal(proxy.writes.length, shop.packages.size + 3 + 1 + 1 + 4);
  });

  it('D-20: a conflict that stays is a failure after three tries', async () => {
    const body = '{"error":"Concurrent modification to resource detected","code":"t"}';
    proxy.place = (_write, request) => (request.includes('triggers/go') ? { status: 409, body } : undefined);
    const { outcomes } = await host.deploy(shop, { managed: true });
    assert.equal(kindsOf(outcomes)['trigger go'], 'failed');
    assert.equal(proxy.writes.filter((write) => write.includes('triggers/go')).length, 3);
  });

  it('D-16: a host that keeps annotations gets false for those that make an action public, and a warning tells the rest', async () => {
    const open = echo({ annotations: { 'web-export': true, note: 'x' } });
    const before = { ...shop, actions: new Map([...shop.actions, ['b/two', open]]) } as DesiredState;
    await host.deploy(before, { managed: true });
    const { warnings } = await keepingAnnotations(() => host.deploy(shop, { managed: true }));
    assert.deepEqual(warnings, ["annotation-stuck: action 'b/two' keeps note; the host does not remove it"]);
    const { annotations } = (await on.get('actions/b/two')) as { annotations: { key: string; value: unknown }[] };
    assert.equal(annotations.find(({ key }) => key === 'web-export')?.value, false);
  });

  /** Lets the proxy drop `delAnnotations` from bodies, as a host does that does not know it. */
  async function keepingAnnotations<T>(run: () => Promise<T>): Promise<T> {
    proxy.rewrite = (body) => body.replace(/"delAnnotations":\[[^\]]*\],/, '');
    try {
      return await run();
    } finally {
      proxy.rewrite = undefined;
    }
  }
});
