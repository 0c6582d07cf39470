import assert from 'node:assert/strict';
import type { RuntimeOutcome } from '../../src/lib/containers/container.js';
import { collect, initialize, resultOf, run, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { rawZip, type RawEntry } from '../helpers/raw-archives.js';

const abrupt = 'Command exited abruptly during initialization.';
const buildError = '502 The action failed to generate or locate a binary. See logs for details.';
const startError = '502 Cannot start action. Check logs for details.';

function errorOf(outcome: RuntimeOutcome): string {
  assert.ok(outcome.type === 'answer' && outcome.status !== 200, JSON.stringify(outcome));
  return `${String(outcome.status)} ${String((JSON.parse(outcome.body) as { error: unknown }).error)}`;
}

describe('action loop with python', () => {
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  const base64 = (entries: Readonly<Record<string, string>>): { code: string; binary: true } => ({
    code: rawZip(Object.entries(entries).map(([name, content]): RawEntry => ({ name, content }))).toString('base64'),
    binary: true,
  });

  async function initFailure(value: Parameters<typeof initialize>[1]): Promise<{ error: string; stderr: string }> {
    const container = await driver.create('python:3');
    const error = errorOf(await initialize(container, value));
    const stderr = (await collect(container)).stderr.join('\n');
    await container.destroy();
    return { error, stderr };
  }

  async function outcomes(code: string, values: readonly unknown[]): Promise<string[]> {
    const container = await driver.createWith('python:3', code);
    const texts = [];
    for (const value of values) {
      const outcome = await run(container, value);
      texts.push(outcome.type === 'answer' ? `${String(outcome.status)} ${outcome.body.trim()}` : outcome.type);
    }
    await container.destroy();
    return texts;
  }

  it('answers as the launcher wrote it, with the line feed', async () => {
    const container = await driver.createWith('python:3', 'def main(args): return {"a": [1, 2.0]}');
    assert.deepEqual(await run(container), { type: 'answer', status: 200, body: '{"a": [1, 2.0]}\n' });
    await container.destroy();
  });

  it('passes None, lists and tuples, and refuses what is no JSON or no dictionary', async () => {
    const code = `import json
def main(args):
  return {"none": None, "list": [1], "tuple": (1, 2), "nan": float("nan"), "text": "x", "number": 1}[args["how"]]`;
    const hows = ['none', 'list', 'tuple', 'nan', 'text', 'number'].map((how) => ({ how }));
    const refused = '502 {"error":"The action did not return a dictionary or array."}';
    const wanted = [
      '200 null',
      '200 [1]',
      '200 [1, 2]',
      `502 {"error":"The action did not return a dictionary or array."}`,
      refused,
      refused,
    ];
    // {"nan": NaN} alone would be an object that is not JSON.
    assert.deepEqual(await outcomes(code, hows), wanted);
    assert.deepEqual(await outcomes('def main(args): return {"n": float("nan")}', [{}]), [refused]);
  });

  for (const [what, expression] of [
    ['a set', '{1}'],
    ['bytes', '{"a": b"x"}'],
    ['a lone surrogate', '{"a": "\\ud800"}'],
    ['sys.exit (AI-090)', '__import__("sys").exit(1)'],
  ] as const) {
    it(`ends with ${what}: command exited, then no action (AI-226)`, async () => {
      const exited = ['400 {"error":"command exited"}', '500 {"error":"no action defined yet"}'];
      assert.deepEqual(await outcomes(`def main(args): return ${expression}`, [{}, {}]), exited);
    });
  }

  it('ends with a body that is not JSON or a variable that is no text', async () => {
    for (const body of ['{"value":', '{"value":{},"deadline":5}']) {
      const container = await driver.createWith('python:3', 'def main(args): return {}');
      assert.equal(errorOf(await container.send('/run', body, wideBounds)), '400 command exited');
      await container.destroy();
    }
  });

  it('joins the lines of a request body', async () => {
    const container = await driver.createWith('python:3', 'def main(args): return args');
    const outcome = container.send('/run', '{\n"value":\n{"a":\n1}}', wideBounds);
    assert.deepEqual(await resultOf(outcome), { a: 1 });
    await container.destroy();
  });

  it('fails to load with the texts of the official proxy', async () => {
    const exit = await initFailure({ code: 'import sys\nsys.exit(1)' });
    assert.deepEqual(exit, { error: startError, stderr: abrupt });
    const syntax = await initFailure({ code: 'def main(' });
    assert.equal(syntax.error, buildError);
    assert.match(syntax.stderr, /File "main__\.py", line 1/);
    const raise = await initFailure({ code: 'raise ValueError("at load")\ndef main(args): pass' });
    assert.ok(
      raise.error === startError && raise.stderr.includes('ValueError: at load') && raise.stderr.endsWith(abrupt),
    );
  });

  it('accepts another init after a failed one, in a fresh process, but not after a good one', async () => {
    const container = await driver.create('python:3');
    assert.equal(errorOf(await initialize(container, { code: 'import sys; sys.exit(1)' })), startError);
    assert.equal(errorOf(await run(container)), '500 no action defined yet');
    await resultOf(initialize(container, { code: 'def main(args): return {"ok": 1}' }));
    assert.deepEqual(await resultOf(run(container)), { ok: 1 });
    assert.equal(
      errorOf(await initialize(container, { code: 'x' })),
      '403 Cannot initialize the action more than once.',
    );
    assert.ok((await collect(container)).stderr.includes('Cannot initialize the action more than once.'));
    await container.destroy();
  });

  it('refuses bodies of init with the texts of the official proxy', async () => {
    const container = await driver.create('python:3');
    const init = async (body: string): Promise<string> => errorOf(await container.send('/init', body, wideBounds));
    assert.equal(await init(''), '400 Error unmarshaling request: unexpected end of JSON input');
    assert.match(await init('{"value":'), /^400 Error unmarshaling request: /);
    assert.equal(
      await init('{"value":{"code":1}}'),
      '400 Error unmarshaling request: json: cannot unmarshal number into Go struct field initBodyRequest.value.code of type string',
    );
    for (const [code, position] of [
      ['ab!d', 2],
      ['abc', 0],
      ['abcde', 4],
      ['a===', 1],
      ['YQ==x', 4],
    ] as const) {
      const body = JSON.stringify({ value: { code, binary: true } });
      const text = `400 cannot decode the request: illegal base64 data at input byte ${String(position)}`;
      assert.equal(await init(body), text, code);
    }
    assert.deepEqual(await container.send('/other', '', wideBounds), { type: 'answer', status: 200, body: '' });
    await container.destroy();
  });

  it('takes base64 of plain text as the source, and an empty main as main', async () => {
    const container = await driver.create('python:3');
    const code = Buffer.from('def main(args): return {"ok": 1}').toString('base64');
    await resultOf(initialize(container, { code, binary: true, main: '' }));
    assert.deepEqual(await resultOf(run(container)), { ok: 1 });
    await container.destroy();
  });

  it('refuses hostile archives with a text (RS-221)', async () => {
    const error = 'archive entry "../evil.py" would be written outside the folder';
    const code = rawZip([{ name: '../evil.py' }, { name: '__main__.py' }]).toString('base64');
    assert.deepEqual(await initFailure({ code, binary: true }), { error: `502 ${error}`, stderr: error });
  });

  it('finds the packages of a virtual environment in the zip (AI-094)', async () => {
    const container = await driver.create('python:3');
    const entries = {
      '__main__.py':
        'import os, mypackage\ndef begin(args): return {"from": mypackage.name, "venv": os.path.basename(os.environ["VIRTUAL_ENV"])}',
      'virtualenv/bin/activate_this.py': '',
      'virtualenv/lib/python3.9/site-packages/mypackage.py': 'name = "inside"',
      'requirements.txt': 'mypackage==1.0',
    };
    await resultOf(initialize(container, { ...base64(entries), main: 'begin' }));
    assert.deepEqual(await resultOf(run(container)), { from: 'inside', venv: 'virtualenv' });
    await container.destroy();
  });

  it('refuses a broken virtual environment and packages that are not installed (AI-095)', async () => {
    const main = 'def main(args): return {}';
    const broken = await initFailure(base64({ '__main__.py': main, 'virtualenv/readme': '' }));
    assert.deepEqual(broken, {
      error: buildError,
      stderr: "Invalid virtualenv. Zip file does not include 'activate_this.py'.",
    });
    const absent = await initFailure(
      base64({
        '__main__.py': main,
        'requirements.txt': '# all\nno-such-package-can-exist[x]>=1 ; python_version > "3"\n',
      }),
    );
    assert.equal(absent.error, buildError);
    assert.match(
      absent.stderr,
      /^requirements\.txt names packages that are not installed: no-such-package-can-exist\. /,
    );
  });

  it('exports init variables as text or JSON, and gives stdin nothing', async () => {
    const container = await driver.create('python:3');
    const code =
      'import os, sys\ndef main(args): return {"env": [os.environ[n] for n in "SNBUO"], "stdin": sys.stdin.read()}';
    await resultOf(initialize(container, { code, env: { S: 'x=y', N: 1, B: false, U: null, O: { a: [1] } } }));
    assert.deepEqual(await resultOf(run(container)), { env: ['x=y', '1', 'false', 'null', '{"a":[1]}'], stdin: '' });
    await container.destroy();
  });

  it('destroys a runtime that answers twice, before the second line becomes the next answer (RS-509)', async () => {
    const code = 'import os\ndef main(args):\n  os.write(3, b\'{"first": 1}\\n\')\n  return {"second": 2}';
    const container = await driver.createWith('python:3', code);
    await run(container);
    await container.gone;
    assert.deepEqual(await run(container), { type: 'unreachable' });
    await container.destroy();
  });
});
