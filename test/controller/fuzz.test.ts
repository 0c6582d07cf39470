import assert from 'node:assert/strict';
import { type EphemeralPlatform, startEphemeralPlatform } from '../conformance/ephemeral-platform.js';
import { exchange } from '../helpers/http-exchange.js';
import { SeededRandom } from '../helpers/seeded-random.js';

const amount = 600;

const atOnce = 20;

const code = 'function main(args) { return args; }';

const segments = [
  ...['api', 'v1', 'namespaces', '_', 'guest', 'second', 'actions', 'triggers', 'rules', 'packages', 'activations'],
  ...['limits', 'web', 'gateway', 'runtime', 'logForwarding', 'default', 'whisk.system', 'apimgmt', 'getApi.http'],
  ...['createApi', 'deleteApi.json', 'a', 'b', 'c', 'pkg', '', '.', '..', '%00', '%ff', '%2F', '%2e%2e', '__proto__'],
  ...['constructor', 'é', 'a'.repeat(300), '{x}', 'a.http', 'a b', '0'.repeat(32), 'metrics', '*', ';', '-1'],
] as const;

const roots = [
  '/api/v1/namespaces/_/actions/',
  '/api/v1/namespaces/_/actions/pkg/',
  '/api/v1/namespaces/_/packages/',
  '/api/v1/namespaces/_/triggers/',
  '/api/v1/namespaces/_/rules/',
  '/api/v1/namespaces/_/activations/',
  '/api/v1/web/guest/default/',
  '/api/v1/web/whisk.system/apimgmt/',
  '/gateway/guest/',
  '/runtime/namespaces/_/',
] as const;

/** Entities are made more often than removed. */
const methods = [
  ...['PUT', 'PUT', 'PUT', 'PUT', 'PUT', 'POST', 'POST', 'POST', 'GET', 'GET', 'GET', 'DELETE'],
  ...['HEAD', 'OPTIONS', 'PATCH', 'TRACE'],
] as const;

const queries = [
  ...['', '?', '?overwrite=true', '?blocking=true', '?blocking=true&result=true&timeout=1', '?limit=-1', '?limit=1e9'],
  ...['?count=true', '?skip=99999999999999999999', '?since=x&upto=1', '?docs=true', '?basepath=/x', '?__ow_user=guest'],
  ...['?%', '?a[]=1&a[]=2', '?force=true&operation=get&relpath=/x', '?code=false', '?name=a/b/c', '?responsetype=http'],
] as const;

const keys = [
  ...['exec', 'kind', 'code', 'components', 'parameters', 'annotations', 'limits', 'timeout', 'memory', 'publish'],
  ...[
    'version',
    'namespace',
    'name',
    'binding',
    'trigger',
    'action',
    'status',
    'key',
    'value',
    'init',
    'main',
    'image',
  ],
  ...['apidoc', 'swagger', 'paths', 'info', 'basePath', 'gatewayBasePath', 'gatewayPath', 'gatewayMethod', '__proto__'],
  ...['constructor', 'toString', '__ow_body', '', 'x-ibm-configuration', 'splunk_hec', 'adobe_io_runtime', 'host'],
] as const;

const scalars = [
  ...['', 'nodejs:default', 'sequence', 'blackbox', code, '/_/a', '/guest/pkg/b', 'active', '0.0.1', '\0', '\ud800'],
  ...['/x', '/{a}', 'get', 'http://localhost/api/v1/web/guest/default/a.json', 'true', 'false', 'null', '-1', '1e21'],
] as const;

const bodies = [
  ...['{', '[', '"', 'null', '0', '{}', '[]', '{"a":1e999999}', '{"a":NaN}', `{"a":${'9'.repeat(150)}}`, '\u0000'],
  ...[
    `${'['.repeat(500)}${']'.repeat(500)}`,
    '{"a":1,"a":2}',
    '{"__proto__":{"a":1}}',
    'a=1&b=2',
    '{"status":"active"}',
  ],
] as const;

/** Bodies that are right for some request; one member is often replaced. */
const rightBodies: readonly [object, ...object[]] = [
  { exec: { kind: 'nodejs:default', code }, annotations: [{ key: 'web-export', value: true }] },
  { exec: { kind: 'sequence', components: ['/_/a', '/_/b'] } },
  { trigger: '/_/a', action: '/_/b' },
  { binding: { namespace: '_', name: 'pkg' } },
  { publish: true, parameters: [{ key: 'k', value: 1 }] },
  { splunk_hec: { host: 'h', port: '1', index: 'i', hec_token: 't' } },
  {
    apidoc: {
      namespace: '_',
      ...{ gatewayBasePath: '/x', gatewayPath: '/a', gatewayMethod: 'get' },
      action: { name: 'a', namespace: '_', backendMethod: 'get', backendUrl: 'http://localhost/', authkey: 'u:k' },
    },
  },
];

const types = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'image/png',
  'nonsense',
  '',
] as const;

/** Requests that nobody meant: half of them almost right, so that they come far. */
class Fuzzer {
  constructor(private readonly random: SeededRandom) {}

  request(auth: string): Omit<Parameters<typeof exchange>[0], 'origin'> {
    const { random } = this;
    const method = random.pick(methods);
    const known = random.below(10) > 0;
    const headers = {
      ...(random.below(10) > 0 ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {}),
      ...(random.below(6) > 0 ? { 'Content-Type': 'application/json' } : { 'Content-Type': random.pick(types) }),
      ...(random.below(10) > 0 ? {} : { Accept: random.pick(['*/*', 'image/png', ';q=', 'application/json;q=0']) }),
      ...(random.below(20) > 0 ? {} : { 'X-Request-ID': random.pick(['sid_1', 'x'.repeat(300), 'mine']) }),
    };
    const path = `${known || random.below(2) > 0 ? random.pick(roots) : '/'}${known ? random.pick(['a', 'b', 'c', 'pkg', 'a.json', 'createApi']) : this.path()}`;
    // A body with GET or HEAD is allowed and ignored.
    return { method, path: encodeURI(path).replace(/%25/g, '%') + random.pick(queries), headers, body: this.body() };
  }

  private path(): string {
    return Array.from({ length: 1 + this.random.below(4) }, () => this.random.pick(segments)).join('/');
  }

  private body(): string {
    const { random } = this;
    const choice = random.below(8);
    if (choice === 0) return '';
    if (choice === 1) return JSON.stringify(this.value(4));
    if (choice === 2) return random.pick(bodies);
    const right = random.pick(rightBodies);
    return JSON.stringify(choice < 6 ? right : { ...right, [random.pick(keys)]: this.value(3) });
  }

  private value(depth: number): unknown {
    const { random } = this;
    const choice = depth === 0 ? 2 : random.below(4);
    if (choice === 2) return random.pick(scalars);
    if (choice === 3) return [true, false, null, 0, -1, 1.5, 1e21, 256, Number.MAX_SAFE_INTEGER][random.below(9)];
    const members = Array.from({ length: random.below(5) }, () => this.value(depth - 1));
    return choice === 1 ? members : Object.fromEntries(members.map((member) => [random.pick(keys), member]));
  }
}

const seed = Date.now() >>> 0;

describe(`random requests (seed ${String(seed)})`, function () {
  this.timeout(120_000);
  let platform: EphemeralPlatform;
  before(async () => {
    platform = await startEphemeralPlatform();
  });
  after(() => platform.dispose());

  it('are all answered without an internal error, and leave the platform healthy', async () => {
    const { origin, auth } = platform.target;
    const fuzzer = new Fuzzer(new SeededRandom(seed));
    const requests = Array.from({ length: amount }, () => fuzzer.request(auth));
    for (let at = 0; at < amount; at += atOnce) {
      await Promise.all(requests.slice(at, at + atOnce).map((request) => check({ origin, ...request })));
    }
    assert.deepEqual(platform.errors(), []);
    await checkHealth(origin, auth);
  });

  async function check(request: Parameters<typeof exchange>[0]): Promise<void> {
    const told = `seed ${String(seed)}: ${JSON.stringify(request)}`;
    const answer = await exchange(request).catch((error: unknown) => assert.fail(`${String(error)} for ${told}`));
    // 502 is the answer of actions that fail and of the gateway's management.
    assert.ok(answer.status < 500 || answer.status === 502, `${String(answer.status)} ${answer.text} for ${told}`);
    if (answer.type.startsWith('application/json') && answer.text !== '') {
      assert.doesNotThrow(() => JSON.parse(answer.text) as unknown, `no JSON: ${answer.text} for ${told}`);
    }
  }

  async function checkHealth(origin: string, auth: string): Promise<void> {
    const headers = {
      Authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
      'Content-Type': 'application/json',
    };
    const action = '/api/v1/namespaces/_/actions/healthy';
    const body = JSON.stringify({ exec: { kind: 'nodejs:default', code } });
    assert.equal((await exchange({ origin, method: 'GET', path: '/ping' })).text, 'pong');
    assert.equal((await exchange({ origin, method: 'PUT', path: action, headers, body })).status, 200);
    const path = `${action}?blocking=true&result=true`;
    const invoked = await exchange({ origin, method: 'POST', path, headers, body: '{"alive":true}' });
    assert.deepEqual([invoked.status, invoked.text], [200, '{"alive":true}']);
    for (const collection of ['actions', 'packages', 'triggers', 'rules', 'activations']) {
      const list = await exchange({ origin, method: 'GET', path: `/api/v1/namespaces/_/${collection}`, headers });
      assert.ok(Array.isArray(JSON.parse(list.text)), list.text);
    }
    assert.deepEqual(Object.keys(Object.prototype), []);
  }
});
