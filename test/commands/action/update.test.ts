import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const put = 'PUT /api/v1/namespaces/_/actions/hello?overwrite=true';
const get = 'GET /api/v1/namespaces/_/actions/hello?code=false';

const stored = {
  namespace: 'guest',
  name: 'hello',
  exec: { kind: 'nodejs:20', binary: false },
  annotations: [
    { key: 'exec', value: 'nodejs:20' },
    { key: 'note', value: 'hi' },
    { key: 'web-export', value: true },
    { key: 'require-whisk-auth', value: 42 },
  ],
  parameters: [
    { key: 'a', value: 1 },
    { key: 'b', value: 2 },
    { key: 'E', value: 'x', init: true },
  ],
};

describe('rt action update', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('empty.json', '{}');
  });

  afterEach(async () => {
    await rt.close();
  });

  async function sent(line: string): Promise<Record<string, unknown>> {
    rt.host.expect(put, { body: stored });
    const { status, stdout, stderr } = await rt.run(line);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^ok: updated action hello\n/);
    return rt.lastBody as Record<string, unknown>;
  }

  it('C-64: sends one PUT without exec when nothing needs the stored action', async () => {
    assert.deepEqual(await sent('action update hello -m 512'), { limits: { memory: 512 } });
    assert.equal(rt.host.requests.length, 1);
  });

  it('C-29: clears the parameters with an empty file, and leaves them out otherwise', async () => {
    assert.deepEqual(await sent('action update hello -P empty.json'), { parameters: [] });
    assert.deepEqual(await sent('action update hello -a x 1'), { annotations: [{ key: 'x', value: 1 }] });
  });

  it('C-30: removes parameters and environment values by reading and writing them back', async () => {
    rt.host.expect(get, { body: stored });
    assert.deepEqual((await sent('action update hello --del-param a -p c 3'))['parameters'], [
      { key: 'b', value: 2 },
      { key: 'E', value: 'x', init: true },
      { key: 'c', value: 3 },
    ]);
    rt.host.expect(get, { body: stored });
    assert.deepEqual((await sent('action update hello --del-env E'))['parameters'], [
      { key: 'a', value: 1 },
      { key: 'b', value: 2 },
    ]);
  });

  it('C-30: sends --del-annotation to the server', async () => {
    assert.deepEqual(await sent('action update hello --del-annotation note'), { delAnnotations: ['note'] });
  });

  it('C-40: keeps stored annotations with --web, and the secret always', async () => {
    rt.host.expect(get, { body: stored });
    assert.deepEqual((await sent('action update hello --web raw'))['annotations'], [
      { key: 'note', value: 'hi' },
      { key: 'web-export', value: true },
      { key: 'require-whisk-auth', value: 42 },
      { key: 'raw-http', value: true },
      { key: 'final', value: true },
    ]);
    rt.host.expect(get, { body: stored });
    const { annotations } = (await sent('action update hello --web true -a x 1')) as { annotations: { key: string }[] };
    assert.deepEqual(
      annotations.map(({ key }) => key),
      ['require-whisk-auth', 'x', 'web-export', 'raw-http', 'final'],
    );
  });

  it('C-41: keeps a stored number for --web-secure true, replaces it, and removes it', async () => {
    rt.host.expect(get, { body: stored });
    const secret = (body: Record<string, unknown>): unknown =>
      (body['annotations'] as { key: string; value: unknown }[]).find(({ key }) => key === 'require-whisk-auth')?.value;
    assert.equal(secret(await sent('action update hello --web-secure true')), 42);
    rt.host.expect(get, { body: stored });
    assert.equal(secret(await sent('action update hello --web-secure abc123')), 'abc123');
    rt.host.expect(get, { body: stored });
    const removed = await sent('action update hello --web true --web-secure false');
    assert.equal(secret(removed), undefined);
    assert.deepEqual(removed['delAnnotations'], ['require-whisk-auth']);
  });

  it('creates the action when there is none to read', async () => {
    rt.host.expect(get, { status: 404, body: { error: 'no', code: 't' } });
    assert.equal(Object.keys(await sent('action update hello --web true --docker me/x')).length, 2);
  });
});
