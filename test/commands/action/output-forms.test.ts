import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const id = '0123456789abcdef0123456789abcdef';
const action = { namespace: 'guest/p', name: 'hello', version: '0.0.1', exec: { kind: 'nodejs:20' }, updated: 1 };
const base = '/api/v1/namespaces/_/actions';

/** A command of actions, what it asks the host, the answer, and the names in its answer. */
const commands: readonly [line: string, request: string, answer: unknown, names: string][] = [
  ['action list', `GET ${base}?limit=30&skip=0`, [action], '/guest/p/hello\n'],
  ['action get p/hello', `GET ${base}/p/hello?code=false`, action, '/guest/p/hello\n'],
  ['action create p/hello hello.js', `PUT ${base}/p/hello?overwrite=false`, action, '/guest/p/hello\n'],
  ['action update p/hello -m 512', `PUT ${base}/p/hello?overwrite=true`, action, '/guest/p/hello\n'],
  ['action delete p/hello', `DELETE ${base}/p/hello`, action, '/guest/p/hello\n'],
  ['action invoke p/hello', `POST ${base}/p/hello?blocking=false&result=false`, { activationId: id }, `${id}\n`],
];

describe('C-49 forms of the answer', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('hello.js', 'function main() {}');
  });

  afterEach(() => rt.close());

  for (const [line, request, answer, names] of commands) {
    async function shown(words: string, env: Record<string, string> = {}, columns?: number): Promise<string> {
      rt.host.expect(request, { body: answer });
      const { status, stdout, stderr } = await rt.run(`${line} ${words}`.trim(), {
        env: { NO_COLOR: '1', ...env },
        ...(columns === undefined ? {} : { columns }),
      });
      assert.deepEqual([status, stderr], [0, ''], words);
      return stdout;
    }

    it(`C-49: 'rt ${line}' gives the same document as JSON, pretty, compact, by variable and as YAML`, async () => {
      const compact = await shown('--json');
      assert.match(compact, /^\S.*\n$/);
      const document: unknown = JSON.parse(compact);
      assert.equal(await shown('--output json'), compact);
      assert.equal(await shown('', { RT_OUTPUT: 'json' }), compact);
      assert.equal(await shown('--json=compact', {}, 80), compact);
      const pretty = `${JSON.stringify(document, null, 2)}\n`;
      assert.equal(await shown('--json=pretty'), pretty);
      assert.equal(await shown('--json', {}, 80), pretty);
      assert.deepEqual(parse(await shown('--output yaml')), document);
      assert.equal(await shown('--json --quiet'), compact);
    });

    it(`C-46: 'rt ${line}' gives one full name a line with --output name`, async () => {
      assert.equal(await shown('--output name'), names);
      assert.equal(await shown('--output name --quiet'), names);
    });

    it(`C-44: 'rt ${line}' drops ok lines with --quiet, and --output wide and text begin as ever`, async () => {
      assert.doesNotMatch(await shown('--quiet'), /^ok:/m);
      const text = await shown('');
      assert.equal(await shown('--output text', { RT_OUTPUT: 'json' }), text);
      assert.equal((await shown('--output wide')).split('\n')[0], text.split('\n')[0]);
    });
  }

  it('C-56: suggests a field that is near to a mistyped one', async () => {
    const { stderr } = await rt.run('action get hello limts.timeout');
    assert.match(
      stderr,
      /^error: Invalid field filter 'limts\.timeout'\.\nhint: did you mean limits\? fields: annotations,/,
    );
  });
});
