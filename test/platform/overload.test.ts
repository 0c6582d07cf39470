import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ControlClient } from '../../src/lib/platform/control-client.js';
import { type Answer, TestPlatform } from '../helpers/test-platform.js';
import { waitUntil } from '../helpers/wait-until.js';

/** MB; two runtimes of the default size. */
const pool = 512;

/** Waits until the file `path` is there; `filler` only has to be carried. */
const hold = `const { existsSync } = require('node:fs');
async function main({ path }) {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
  return {};
}`;

describe('more calls than the pool can run', function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  let largest = 0;

  before(async () => {
    platform = await TestPlatform.create();
    await platform.ensure({ pool });
    for (const name of ['even', 'odd']) {
      await platform.putAction(name, `main = ({ number }) => ({ name: '${name}', number })`);
    }
  });
  after(async () => {
    await platform.stop({ timeout: 0 });
    await platform.dispose();
  });

  const control = (): ControlClient => new ControlClient({ socket: platform.paths.socket, timeout: 30_000 });

  const call = (name: string, payload: object): Promise<Answer> =>
    platform.request('POST', `actions/${name}?blocking=true`, payload);

  /** All answers; meanwhile the store is read and the memory of the pool watched, again and again. */
  async function watched(calls: readonly Promise<Answer>[]): Promise<readonly Answer[]> {
    const state = { done: false };
    const all = Promise.all(calls).finally(() => (state.done = true));
    while (!state.done) {
      const { memory } = await control().status();
      largest = Math.max(largest, memory.runtimes);
      assert.equal((await platform.request('GET', 'actions')).status, 200);
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    return all;
  }

  async function recorded(): Promise<number> {
    return ((await platform.request('GET', 'activations?count=true')).body as { activations: number }).activations;
  }

  async function assertHealthy(): Promise<void> {
    await waitUntil('nothing runs or waits', async () => (await control().status()).inFlight === 0, 60_000);
    const { ready } = await control().status();
    assert.ok(ready && largest <= pool, `${String(largest)} MB of runtimes`);
    assert.equal((await call('even', { number: 1 })).status, 200);
  }

  it('RS-165 queues 400 calls at once: each is answered with its own result, or accepted, and recorded', async () => {
    const before = await recorded();
    // In blocks, so that the room changes hands some times, but not with every call.
    const nameOf = (number: number): string => (Math.floor(number / 50) % 2 === 0 ? 'even' : 'odd');
    const answers = await watched(Array.from({ length: 400 }, (_, number) => call(nameOf(number), { number })));
    for (const [number, { status, body }] of answers.entries()) {
      // Who had to wait for more than a minute gets the id.
      if (status === 202) continue;
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual((body as { response: { result: unknown } }).response.result, { name: nameOf(number), number });
    }
    await assertHealthy();
    assert.equal((await recorded()) - before, 401);
  });

  it('RS-165 refuses with 429 what would wait beyond 64 MB of arguments, and loses nothing else', async () => {
    const path = join(platform.paths.home, 'go-on');
    await platform.putAction('hold', hold);
    const before = await recorded();
    const filler = 'x'.repeat(800_000);
    let refused = 0;
    const calls = Array.from({ length: 100 }, async () => {
      const answer = await call('hold', { path, filler });
      if (answer.status === 429) refused += 1;
      return answer;
    });
    const answers = watched(calls);
    // 100 of them are more than 76 MB, of which two calls run and 64 MB wait.
    await waitUntil('some are refused', () => refused > 0, 60_000);
    writeFileSync(path, '');
    for (const { status, body } of await answers) {
      if (status === 200 || status === 202) continue;
      assert.equal(status, 429, JSON.stringify(body));
      const { error } = body as { error: string };
      assert.match(error, /^Too many concurrent requests in flight \(count: \d+, allowed: 1000\)\.$/);
    }
    await assertHealthy();
    assert.equal((await recorded()) - before, 100 - refused + 1);
  });
});
