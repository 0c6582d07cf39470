import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { MarkSearch } from '../../src/lib/containers/process/mark-search.js';

const variable = '__RT_TEST_MARK';

describe('the search for processes with a mark', () => {
  const children: ChildProcess[] = [];

  before(function () {
    // Other systems do not show the environments of processes.
    if (process.platform !== 'linux') this.skip();
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  });

  /** Resolves when the program runs, with its environment. */
  async function start(env: Readonly<Record<string, string>>): Promise<number> {
    const child = spawn('/bin/sh', ['-c', 'echo started; read wait'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(child);
    await once(child.stdout, 'data');
    return child.pid ?? 0;
  }

  async function found(prefix: string): Promise<Record<string, number>> {
    const all = await new MarkSearch(variable).find();
    return Object.fromEntries(all.filter(({ mark }) => mark.startsWith(prefix)).map(({ pid, mark }) => [mark, pid]));
  }

  it('RS-143 finds the variable wherever it stands in an environment, and not inside of another one', async () => {
    const run = randomBytes(8).toString('hex');
    const first = await start({ [variable]: `${run}first`, OTHER: 'x' });
    const last = await start({ OTHER: 'x', [variable]: `${run}last` });
    await start({ [`X${variable}`]: `${run}other`, TEXT: `${variable}=${run}text` });
    assert.deepEqual(await found(run), { [`${run}first`]: first, [`${run}last`]: last });
  });

  it('RS-143 finds the variable behind more than the usual amount of others', async () => {
    const run = randomBytes(8).toString('hex');
    const pid = await start({ A: 'x'.repeat(100_000), B: 'y'.repeat(60_000), [variable]: run });
    assert.deepEqual(await found(run), { [run]: pid });
  });

  it('shares a search that has not begun, and begins another one for who comes later', async () => {
    const search = new MarkSearch(variable);
    const shared = [search.find(), search.find()];
    assert.equal(shared[0], shared[1]);
    await Promise.resolve();
    const run = randomBytes(8).toString('hex');
    const pid = await start({ [variable]: run });
    const later = await search.find();
    assert.deepEqual(
      later.filter(({ mark }) => mark === run),
      [{ pid, mark: run }],
    );
    await Promise.all(shared);
  });
});
