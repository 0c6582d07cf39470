import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Collection } from '../../src/lib/database/artifact-store.js';
import { alice, bob, ControllerUnderTest } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const collections: readonly Collection[] = ['actions', 'triggers', 'rules', 'packages'];

/** Bodies that refer to the own and to the other namespace in every way there is. */
const bodies = ['ns', 'other', '_'].flatMap((namespace) => [
  { trigger: `/${namespace}/a`, action: `/${namespace}/b` },
  { trigger: `/${namespace}/a`, action: `/${namespace}/c/b` },
  { binding: { namespace, name: 'c' } },
  { exec: { kind: 'sequence', components: [`/${namespace}/b`] } },
  { status: 'active' },
  { exec },
  {},
]);

const request = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  namespace: fc.constantFrom('ns', 'other'),
  path: fc.constantFrom(
    'actions/b',
    'actions/c/b',
    'actions/c/',
    'triggers/a',
    'rules/r',
    'packages/c',
    'packages',
    'rules',
  ),
  query: fc.constantFrom('', '?overwrite=true', '?force=true'),
  body: fc.constantFrom(...bodies),
  caller: fc.constantFrom(alice, bob),
});

describe('two namespaces', () => {
  it('RS-210 nobody changes, or sees anything private of, the namespace of another', async () => {
    const property = fc.asyncProperty(fc.array(request, { maxLength: 25 }), async (requests) => {
      const api = await new ControllerUnderTest().start();
      try {
        await prepare(api);
        for (const { method, namespace, path, query, body, caller } of requests) {
          const others = caller === alice ? 'other' : 'ns';
          const before = await contentsOf(api, others);
          const url = `//api/v1/namespaces/${namespace}/${path}${query}`;
          const { text } = await api.send(method, url, method === 'GET' ? { as: caller } : { as: caller, body });
          assert.equal(await contentsOf(api, others), before);
          assert.ok(!text.includes(`secret of ${others}`), `${method} ${url}: ${text}`);
        }
      } finally {
        await api.dispose();
      }
    });
    await fc.assert(property, { numRuns: 20 });
  });
});

/** A trigger, an action, a rule and a private package with an action in each namespace. */
async function prepare(api: ControllerUnderTest): Promise<void> {
  for (const as of [alice, bob]) {
    const annotations = [{ key: 'note', value: `secret of ${as.namespace}` }];
    await api.put('triggers/a', { annotations }, { as });
    await api.put('packages/c', { annotations }, { as });
    for (const name of ['b', 'c/b']) await api.put(`actions/${name}`, { exec, annotations }, { as });
    await api.put('rules/r', { trigger: '/_/a', action: '/_/b', annotations }, { as });
  }
}

async function contentsOf(api: ControllerUnderTest, namespace: string): Promise<string> {
  const lists = collections.map((collection) => api.artifacts.list({ namespace, collection, limit: 100, skip: 0 }));
  const trigger = await api.artifacts.find({ namespace, package: '', name: 'a' });
  return JSON.stringify([await Promise.all(lists), trigger?.document]);
}
