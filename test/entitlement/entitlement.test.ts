import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../src/lib/entity/json.js';
import { Entitlement, type Privilege } from '../../src/lib/entitlement/entitlement.js';
import { Throttle } from '../../src/lib/entitlement/throttle.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { Rejection } from '../../src/lib/errors/rejection.js';
import { alice, bob } from '../helpers/controller-under-test.js';
import { MemoryArtifactStore } from '../helpers/memory-artifact-store.js';

describe('Entitlement', () => {
  const artifacts = new MemoryArtifactStore();
  const limits = new NamespaceLimitsBook({ namespaces: { ns: { allowedKinds: ['nodejs:20'] } } });
  const throttle = new Throttle({ limits, clock: systemClock });
  const entitlement = new Entitlement({ artifacts, throttle, limits });
  const store = async (namespace: string, name: string, document: JsonObject): Promise<void> => {
    const put = {
      collection: 'packages' as const,
      key: { namespace, package: '', name },
      document: { publish: false, parameters: [], binding: {}, ...document },
      summary: '{}',
      updated: 1,
    };
    await artifacts.commit([{ put, expected: 0 }]);
  };
  before(async () => {
    for (const namespace of ['ns', 'other']) {
      await store(namespace, 'public', { publish: true });
      await store(namespace, 'private', {});
      await store(namespace, 'toPublic', { publish: true, binding: { namespace: 'other', name: 'public' } });
      await store(namespace, 'toPrivate', { publish: true, binding: { namespace: 'other', name: 'private' } });
    }
  });

  it('allows exactly what the table of §4.3 allows', async () => {
    const readable = new Set(['public', 'toPublic']);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Privilege>('READ', 'PUT', 'DELETE', 'ACTIVATE'),
        fc.constantFrom('actions', 'activations', 'limits', 'triggers', 'rules'),
        fc.constantFrom('ns', 'other'),
        fc.constantFrom('', 'public', 'private', 'toPublic', 'toPrivate', 'none'),
        async (privilege, collection, namespace, packageName) => {
          const own = namespace === 'ns';
          const packaged = collection === 'actions' && packageName !== '';
          const shared = packaged && readable.has(packageName) && (privilege === 'READ' || privilege === 'ACTIVATE');
          const reachable = !packaged || (packageName !== 'none' && packageName !== 'toPrivate');
          const status = own ? (reachable ? 200 : packageName === 'none' ? 404 : 403) : shared ? 200 : 403;
          const resource = { namespace, collection, package: packageName, name: 'x' };
          assert.equal(await statusOf(() => entitlement.check(alice, privilege, resource)), status);
        },
      ),
    );
  });

  it('leads through a binding to the provider', async () => {
    const access = await entitlement.check(alice, 'READ', {
      namespace: 'ns',
      collection: 'actions',
      package: 'toPublic',
      name: 'x',
    });
    assert.deepEqual(access.package, {
      provider: { namespace: 'other', name: 'public' },
      parameters: [],
      binding: 'ns/toPublic',
    });
  });

  it('refuses kinds that are not on the list of the namespace', () => {
    entitlement.checkKind(alice, 'nodejs:20');
    entitlement.checkKind(bob, 'python:3');
    assert.throws(
      () => {
        entitlement.checkKind(alice, 'python:3');
      },
      new Rejection(403, "The supplied authentication is not authorized to access actions of kind 'python:3'."),
    );
  });
});

async function statusOf(check: () => unknown): Promise<number> {
  try {
    await check();
    return 200;
  } catch (error) {
    return error instanceof Rejection ? error.status : 0;
  }
}
