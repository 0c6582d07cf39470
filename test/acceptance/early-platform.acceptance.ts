import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '../../src/lib/platform/process-identity.js';
import { BuiltRt } from '../helpers/built-rt.js';
import { eventually } from '../helpers/test-platform.js';

/** Loaded first by every Node process of a test: notes those that run the platform program. */
const noting = `
const { appendFileSync, readFileSync } = require('node:fs');
if (/platform.cjs$/.test(process.argv[1] ?? '')) {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  appendFileSync(__dirname + '/programs', JSON.stringify({ pid: process.pid, startTime }) + '\\n');
}`;

describe('the built program, when no platform runs (P-10)', function () {
  this.timeout(120_000);
  let rt: BuiltRt;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    rt = await BuiltRt.create({ files: { 'note.cjs': noting, 'hello.js': 'exports.main = () => ({ hello: 1 });' } });
  });
  afterEach(async () => {
    await rt.run(['platform', 'stop', '--force']);
    rmSync(join(rt.work, 'programs'), { force: true });
    rmSync(join(rt.home, 'rt'), { recursive: true, force: true });
  });
  after(() => rt.dispose());

  function run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return rt.run(words, { ...env, NODE_OPTIONS: `--require ${join(rt.work, 'note.cjs')}` });
  }

  /** The platform programs that were run so far. */
  function programs(): ProcessIdentity[] {
    const file = join(rt.work, 'programs');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    return lines.map((line) => JSON.parse(line) as ProcessIdentity);
  }

  function statePid(): unknown {
    return (JSON.parse(readFileSync(join(rt.home, 'rt', 'run', 'state.json'), 'utf8')) as { pid: unknown }).pid;
  }

  it('runs one platform program and uses it', async () => {
    const created = await run(['action', 'create', 'hello', 'hello.js']);
    assert.equal(created.exit, 0, created.stderr);
    assert.deepEqual(
      programs().map(({ pid }) => pid),
      [statePid()],
    );
    const { stdout } = await run(['action', 'invoke', 'hello', '--result']);
    assert.deepEqual(JSON.parse(stdout), { hello: 1 });
    assert.equal(programs().length, 1);
  });

  it('uses it for rt platform start too', async () => {
    const { exit, stderr } = await run(['platform', 'start']);
    assert.equal(exit, 0, stderr);
    assert.deepEqual(
      programs().map(({ pid }) => pid),
      [statePid()],
    );
  });

  it('a usage error leaves no process behind and writes nothing', async () => {
    const { exit } = await run(['action', 'invoke', 'hello', '--no-such-flag']);
    assert.equal(exit, 2);
    await eventually(() => programs().length === 1 && !programs().some(isAlive));
    assert.equal(existsSync(join(rt.home, 'rt')), false);
  });

  it('C-15 nothing is started for another host', async () => {
    const { exit } = await run(['action', 'list'], { WHISK_APIHOST: 'http://127.0.0.1:9', WHISK_AUTH: 'u:k' });
    assert.notEqual(exit, 0);
    assert.deepEqual(programs(), []);
    assert.equal(existsSync(join(rt.home, 'rt')), false);
  });

  it('RS-141 of many commands at once one starts the platform, and all succeed', async () => {
    const all = await Promise.all([1, 2, 3].map(() => run(['action', 'list'])));
    assert.deepEqual(
      all.map(({ exit }) => exit),
      [0, 0, 0],
    );
    await eventually(() => programs().filter(isAlive).length === 1);
    assert.deepEqual(
      programs()
        .filter(isAlive)
        .map(({ pid }) => pid),
      [statePid()],
    );
  });
});
