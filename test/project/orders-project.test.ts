import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipNames } from '../../src/lib/artifact/zip-names.js';
import type { DesiredState } from '../../src/lib/project/desired-state.js';
import { entitiesDocument } from '../../src/lib/project/entities-document.js';
import { loadProject } from '../../src/lib/project/load-project.js';
import { compareEntities, type EntitiesDocument } from '../helpers/compare-entities.js';
import { codeActionOf, loadOptions } from './project-under-test.js';

const folder = fileURLToPath(new URL('../fixtures/projects/orders-manifest/', import.meta.url));

async function jsonFile<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as T;
}

describe('the sample project orders', () => {
  let state: DesiredState;
  let env: Readonly<Record<string, string>>;

  before(async () => {
    env = await jsonFile('env.json');
    state = await loadProject(loadOptions(folder, { env }));
  });

  it('D-3: has exactly the entities that wskdeploy makes of it', async () => {
    const expected = await jsonFile<EntitiesDocument>('expected-entities.json');
    const document = entitiesDocument(state, { hideValues: false }) as unknown as EntitiesDocument;
    assert.deepEqual(compareEntities(expected, document), []);
  });

  it('D-3: differs from what is expected when a value is another one', async () => {
    const expected = await jsonFile<EntitiesDocument>('expected-entities.json');
    const other = await loadProject(loadOptions(folder, { env: { ORDERS_STAGE: 'live' } }));
    const document = entitiesDocument(other, { hideValues: false }) as unknown as EntitiesDocument;
    const places = compareEntities(expected, document).map(({ where, key }) => `${where} ${key}`);
    assert.deepEqual(places, ['packages/orders parameters', 'actions/orders/create parameters']);
  });

  it('D-23: hashes the manifest as wskdeploy does', async () => {
    const bytes = await readFile(join(folder, 'manifest.yaml'));
    const text = `OpenWhisk${String.fromCodePoint(bytes.length)}golang\0`;
    const hash = createHash('sha1').update(text).update(bytes).digest('hex');
    assert.deepEqual(state.project, { name: 'orders', hash, file: 'manifest.yaml' });
  });

  it('reads text as it is and a folder as a zip', async () => {
    const create = codeActionOf(state, 'orders/create').code;
    assert.equal(await create?.read(), await readFile(join(folder, 'src', 'create.js'), 'utf8'));
    const receipt = codeActionOf(state, 'orders/receipt').code;
    const zip = Buffer.from((await receipt?.read()) ?? '', 'base64');
    assert.equal(zip.length, receipt?.size);
    assert.deepEqual([...(await zipNames(zip, 'receipt'))].sort(), receipt?.files);
  });

  it('D-34, D-35: has the same artifacts when it is read again', async () => {
    const again = await loadProject(loadOptions(folder, { env }));
    for (const key of ['orders/create', 'orders/receipt', 'orders/validate']) {
      const [first, second] = [codeActionOf(state, key).code, codeActionOf(again, key).code];
      assert.equal(first?.digest, second?.digest);
      assert.equal(await first?.read(), await second?.read());
    }
  });

  it('tells where values came from, and hides those of variables', () => {
    const paths = ['packages/orders/parameters/store', 'actions/orders/create/parameters/maxItems'];
    assert.deepEqual(
      paths.map((path) => state.origins?.get(path)),
      [
        { from: 'manifest', place: 'manifest.yaml:18', variables: ['ORDERS_STAGE'] },
        { from: 'deployment', place: 'deployment.yaml:13', variables: [] },
      ],
    );
    const { packages } = entitiesDocument(state, { hideValues: true });
    assert.deepEqual(packages['orders']?.parameters, {
      region: { $from: 'ORDERS_REGION' },
      currency: 'USD',
      store: { $from: 'ORDERS_STAGE' },
      literal: '${ORDERS_STAGE}',
      warehouse: { $from: 'ORDERS_STAGE' },
    });
  });
});
