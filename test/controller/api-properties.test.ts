import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { isAllowedHost } from '../../src/lib/controller/request-guard.js';
import { isEntityName } from '../../src/lib/entity/entity-name.js';
import type { Identity } from '../../src/lib/entity/identity.js';
import { alice, bob, ControllerUnderTest, type Json } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: '' };

describe('properties of the API', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
  });
  after(() => api.dispose());

  it('Q6 a name survives encoding, route and store, or is refused', async () => {
    const name = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_@ .&-]{0,30}$/),
      fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    );
    await fc.assert(
      fc.asyncProperty(name, async (given) => {
        // Dots alone are resolved by every client before they reach a server.
        fc.pre(given !== '.' && given !== '..');
        const path = `actions/${encodeURIComponent(given)}`;
        const { status, json } = await api.put(`${path}?overwrite=true`, { exec });
        if (!isEntityName(given)) {
          assert.equal(status, 400);
          return;
        }
        assert.deepEqual([status, json['name']], [200, given]);
        assert.equal((await api.delete(path)).json['name'], given);
      }),
      { numRuns: 150 },
    );
  });

  it('Q11 operations of two namespaces equal a model', async () => {
    const operation = fc.record({
      who: fc.constantFrom<Identity>(alice, bob),
      verb: fc.constantFrom('create', 'update', 'read', 'delete', 'list'),
      name: fc.constantFrom('m1', 'm2', 'm3'),
      value: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 20 }), async (operations) => {
        const fresh = await new ControllerUnderTest().start();
        const model = new Map<string, { version: number; value: number }>();
        try {
          for (const { who, verb, name, value } of operations) {
            await compare(fresh, model, { who, verb, name, value });
          }
        } finally {
          await fresh.dispose();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('Q15 any bytes get an HTTP answer or a closed connection, and the next request works', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'GET /ping HTTP/1.1',
        'POST / HTTP/1.1',
        'Host: localhost',
        'Content-Length: 5',
        'Content-Length: -1',
      ),
      fc.constantFrom(
        'Transfer-Encoding: chunked',
        'Expect: 100-continue',
        'Upgrade: websocket',
        '',
        ' : ',
        'X: \u0001',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const socket = connect(api.port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.end(`${lines.join('\r\n')}\r\n\r\n`);
        const answer = await text(socket).catch(() => '');
        // Who expects it is told to go on before the answer.
        assert.match(answer, /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)*(?:HTTP\/1\.1 [2345]\d\d |$)/);
        assert.equal((await api.get('//ping')).text, 'pong');
      }),
      { numRuns: 100 },
    );
  });

  it('Q16 a host is allowed exactly when its name is, whatever stands around it', () => {
    const names = ['localhost', 'a.localhost', 'b.a.localhost', '127.0.0.1', '[::1]', 'my.machine'];
    const part = fc.constantFrom(...names, 'evil', 'evil.example', '.', ':', '@', '%', '/', ' ', ':80', '#', '\t', '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const host = parts.join('');
        const name = host.replace(/:\d{1,5}$/, '');
        const label = '[a-z0-9_-]+';
        const expected = names.includes(name) || new RegExp(`^(?:${label}\\.)+localhost$`).test(name);
        assert.equal(isAllowedHost(host, ['my.machine']), expected, host);
      }),
      { numRuns: 2000 },
    );
  });
});

type Model = Map<string, { version: number; value: number }>;

async function compare(
  api: ControllerUnderTest,
  model: Model,
  { who, verb, name, value }: { who: Identity; verb: string; name: string; value: number },
): Promise<void> {
  const key = `${who.namespace}/${name}`;
  const known = model.get(key);
  const path = `actions/${name}`;
  const parameters = [{ key: 'v', value }];
  if (verb === 'list') {
    const { json } = await api.get('actions', { as: who });
    const listed = Object.values(json).map((entry: Json) => `${who.namespace}/${String(entry['name'] as unknown)}`);
    const expected = [...model.keys()].filter((stored) => stored.startsWith(`${who.namespace}/`));
    assert.deepEqual(listed.sort(), expected.sort());
    return;
  }
  if (verb === 'create' || verb === 'update') {
    const query = verb === 'update' ? '?overwrite=true' : '';
    const { status, json } = await api.put(`${path}${query}`, { exec, parameters }, { as: who });
    if (verb === 'create' && known !== undefined) {
      assert.equal(status, 409);
      return;
    }
    const version = (known?.version ?? 0) + 1;
    model.set(key, { version, value });
    assert.deepEqual([status, json['version']], [200, `0.0.${String(version)}`]);
    return;
  }
  const { status, json } = await api.send(verb === 'read' ? 'GET' : 'DELETE', path, { as: who });
  if (known === undefined) {
    assert.equal(status, 404);
    return;
  }
  assert.deepEqual(
    [status, json['version'], json['parameters']?.[0]?.['value']],
    [200, `0.0.${String(known.version)}`, known.value],
  );
  if (verb === 'delete') model.delete(key);
}
