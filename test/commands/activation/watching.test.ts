import assert from 'node:assert/strict';
import { ActivationHost, idOf } from '../../helpers/activation-host.js';
import { runRt, type RunResult } from '../../helpers/run-rt.js';
import { waitUntil } from '../../helpers/wait-until.js';

const day = 86_400_000;
const start = 1_700_000_000_000;

describe('watching activations', () => {
  let host: ActivationHost;

  beforeEach(async () => {
    host = await ActivationHost.start();
  });

  afterEach(() => host.close());

  /** Runs a command that goes on; `meanwhile` happens when it has begun, then it is interrupted. */
  async function watch(line: string, meanwhile: () => Promise<void>): Promise<RunResult> {
    const interruption = new AbortController();
    const words = [...line.split(' '), '--interval', '100ms'];
    const running = runRt(words, { env: host.environment, signal: interruption.signal });
    await host.looked();
    await meanwhile();
    interruption.abort();
    return running;
  }

  const heads = (stdout: string): string[] =>
    stdout.split('\n').flatMap((line) => /^Activation: .*\(0*(\d+)\)/.exec(line)?.[1] ?? []);

  describe('rt activation poll', () => {
    it('C-66 tells on stderr that it polls, shows head and log lines, and ends with 130 when interrupted', async () => {
      const { status, stdout, stderr } = await watch('activation poll', async () => {
        host.put({ id: 1, start, logs: ['2024-01-01T00:00:00.1Z         stdout: one', 'two'] });
        await host.looked();
      });
      assert.equal(stderr, 'Polling for activation logs\nEnter Ctrl-c to exit.\n');
      const head = `Activation: 'hello' (${idOf(1)}) success 12ms`;
      assert.equal(stdout, `${head}\n2024-01-01T00:00:00.1Z         stdout: one\ntwo\n`);
      assert.equal(status, 130);
    });

    it('C-66 shows what ends from now on, oldest first, each once', async () => {
      host.put({ id: 1, start }, { id: 2, start: start + 1 });
      const { stdout } = await watch('activation poll', async () => {
        host.put({ id: 4, start: start + 20 }, { id: 3, start: start + 10 });
        await host.looked();
        host.put({ id: 5, start: start + 20 });
        await host.looked();
      });
      assert.deepEqual(heads(stdout), ['3', '4', '5']);
    });

    it('C-66 does not miss an activation that ends after newer ones, not even one that began before the poll', async () => {
      host.put({ id: 1, start });
      const { stdout } = await watch('activation poll', async () => {
        host.put({ id: 9, start: start + 60_000 });
        await host.looked();
        host.put({ id: 5, start: start + 30_000 });
        await host.looked();
        host.put({ id: 2, start: start - 60_000 });
        await host.looked();
      });
      assert.deepEqual(heads(stdout), ['9', '5', '2']);
    });

    it('C-66 finds one behind a page of newer ones, also after the platform has removed others', async () => {
      const many = Array.from({ length: 450 }, (_, index) => ({ id: 1000 + index, start: start + 100 + index }));
      host.put({ id: 1, start });
      const { stdout } = await watch('activation poll', async () => {
        host.put(...many);
        await host.looked();
        host.put({ id: 2, start: start + 1 });
        await host.looked();
        host.remove(1100, 1101, 1102);
        await host.looked();
        host.put({ id: 3, start: start + 2 }, { id: 4, start: start + 3 }, { id: 5, start: start + 4 });
        await host.looked();
      });
      assert.deepEqual(heads(stdout), [...many.map(({ id }) => String(id)), '2', '3', '4', '5']);
    });

    it('C-66 goes on over days without asking for everything again', async () => {
      host.put({ id: 1, start });
      const { stdout } = await watch('activation poll', async () => {
        host.put({ id: 2, start: start + day });
        await host.looked();
        host.put({ id: 3, start: start + 2 * day });
        await host.looked();
      });
      assert.deepEqual(heads(stdout), ['2', '3']);
      assert.match(host.requests.at(-1) ?? '', new RegExp(`since=${String(start + 2 * day - 3_600_000)}`));
    });

    it('C-66 shows an activation again when its log lines come later', async () => {
      const { stdout } = await watch('activation poll', async () => {
        host.put({ id: 1, start, logs: [] });
        await host.looked();
        host.put({ id: 1, start, logs: ['late'] });
        await host.looked();
        await host.looked();
      });
      const head = `Activation: 'hello' (${idOf(1)}) success 12ms\n`;
      assert.equal(stdout, `${head}${head}late\n`);
    });

    it('C-66 warns once when the platform does not answer, and goes on', async () => {
      const { stdout, stderr } = await watch('activation poll', async () => {
        host.failure = 503;
        host.put({ id: 1, start });
        await host.looked();
        host.failure = undefined;
        await host.looked();
      });
      assert.deepEqual(heads(stdout), ['1']);
      const warnings = stderr.split('\n').filter((line) => line.startsWith('warning:'));
      assert.deepEqual(warnings, [
        "warning: Unable to obtain the list of activations for namespace 'default': try later (code tid); trying again",
      ]);
    });

    it('ends at once when the platform refuses', async () => {
      host.failure = 401;
      const { status, stderr } = await runRt(['activation', 'poll'], { env: host.environment });
      assert.match(stderr, /^error: Unable to obtain the list of activations/);
      assert.equal(status, 145);
    });

    it('stops after --exit with 0, and shows what is there since a time', async () => {
      host.put({ id: 1, start }, { id: 2, start: start + 5 }, { id: 3, start: start + 5 });
      const line = `activation poll --exit 0 --since ${String(start + 5)} --strip`;
      const { status, stdout } = await runRt(line.split(' '), { env: host.environment });
      assert.deepEqual([status, heads(stdout).sort()], [0, ['2', '3']]);
    });

    it('adds --since-minutes and its like up', async () => {
      const before = Date.now();
      const line = 'activation poll --exit 0 --since-days 1 --since-hours 1 --since-minutes 1 --since-seconds 1';
      assert.equal((await runRt(line.split(' '), { env: host.environment })).status, 0);
      const since = Number(/since=(\d+)/.exec(host.requests[0] ?? '')?.[1]);
      const ago = day + 3_600_000 + 61_000;
      assert.ok(since >= before - ago && since <= Date.now() - ago, String(since));
    });

    it('C-49 prints one record a line with --json', async () => {
      host.put({ id: 1, start }, { id: 2, start: start + 1 });
      const line = 'activation poll --exit 0 --since 0 --json=pretty';
      const { stdout } = await runRt(line.split(' '), { env: host.environment });
      const records = stdout
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as { activationId: string });
      assert.deepEqual(
        records.map(({ activationId }) => activationId),
        [idOf(1), idOf(2)],
      );
    });

    const all = [
      { id: 1, start, path: 'guest/p/hello' },
      { id: 2, start: start + 1, path: 'guest/p/other', name: 'other', status: 'application error' },
      { id: 3, start: start + 2 },
      { id: 4, start: start + 3, name: 't', path: '' },
      { id: 5, start: start + 4, path: 'guest/q/hello' },
    ];
    const chosen: readonly [string, string[]][] = [
      ['', ['1', '2', '3', '4', '5']],
      [' p/', ['1', '2']],
      [' --package q', ['5']],
      [' p/hello', ['1']],
      [' t', ['4']],
      [' --action hello', ['3']],
      [' --action hello --action q/hello --action t', ['3', '4', '5']],
      [' --status app', ['2']],
      [' /guest/', ['1', '2', '3', '4', '5']],
    ];
    for (const [words, expected] of chosen) {
      it(`shows the activations of 'poll${words}'`, async () => {
        host.put(...all);
        const line = `activation poll${words} --since 0 --exit 0`;
        const { stdout } = await runRt(line.split(' '), { env: host.environment });
        assert.deepEqual(heads(stdout), expected);
      });
    }

    it('refuses contradictions before any request', async () => {
      const refused: readonly [string, string][] = [
        ['hello --action x', "Cannot use --action together with 'hello'"],
        ['p/ --package x', "Cannot use --package together with 'p/'"],
        ['--action /a/x --action /b/y', 'The actions of --action must be of one namespace'],
        ['--exit 1.5', "Invalid value '1.5' for --exit: expected a whole number, 0 or more"],
      ];
      for (const [words, message] of refused) {
        const { status, stderr } = await runRt(`activation poll ${words}`.split(' '), { env: host.environment });
        assert.deepEqual([status, stderr.split('\n')[0]], [2, `error: ${message}`]);
      }
      assert.deepEqual(host.requests, []);
    });
  });

  describe('rt activation logs --follow', () => {
    it('shows the latest and goes on with those of actions, under titles on stderr', async () => {
      host.put({ id: 1, start }, { id: 2, start: start + 1 }, { id: 3, start: start + 2, name: 't', path: '' });
      const { stdout, stderr, status } = await watch('activation logs -t', async () => {
        host.put({ id: 4, start: start + 3, name: 't', path: '' }, { id: 5, start: start + 4 });
        await host.looked();
      });
      assert.equal(stdout, 'line of 2\nline of 5\n');
      assert.equal(stderr, `=== activation logs ${idOf(2)} hello\n=== activation logs ${idOf(5)} hello\n`);
      assert.equal(status, 130);
    });

    for (const flag of ['--follow', '--tail', '--watch', '--poll', '-w', '-o']) {
      it(`C-49 prints one object a line with ${flag} --json`, async () => {
        const { stdout } = await watch(`logs ${flag} --json --limit 0`, async () => {
          host.put({ id: 1, start, logs: ['2024-01-01T00:00:00.1Z stdout: a'] });
          await host.looked();
        });
        const lines = [{ time: '2024-01-01T00:00:00.1Z', stream: 'stdout', message: 'a' }];
        assert.equal(stdout, `${JSON.stringify({ activationId: idOf(1), logs: lines })}\n`);
      });
    }
  });

  describe('rt activation logs', () => {
    it('shows all since a time, of several actions or a package', async () => {
      host.put({ id: 1, start, path: 'guest/p/a' }, { id: 2, start: start + 1, path: 'guest/p/b' });
      host.put({ id: 3, start: start + 2 }, { id: 4, start: start + 3, path: 'guest/p/a' });
      const shown: readonly [string, string][] = [
        ['--since 0', 'line of 1\nline of 2\nline of 3\nline of 4\n'],
        [`--since ${String(start + 1)} --package p --deployed`, 'line of 2\nline of 4\n'],
        ['--action p/b --action hello --limit 5', 'line of 2\nline of 3\n'],
        ['--package p', 'line of 4\n'],
      ];
      for (const [words, lines] of shown) {
        const { stdout, stderr } = await runRt(`activation logs ${words}`.split(' '), { env: host.environment });
        assert.equal(stdout, lines, stderr);
      }
    });
  });

  describe('rt activation wait', () => {
    it('C-52 waits for the record and reflects the outcome', async () => {
      const waiting = runRt(['activation', 'wait', idOf(1)], { env: host.environment });
      await waitUntil('it asks again', () => host.requests.length > 1);
      host.put({ id: 1, start });
      const ended = `ok: activation ${idOf(1)} ended: success after 12ms\n{}\n`;
      assert.deepEqual(await waiting, { status: 0, stdout: ended, stderr: '' });
      host.put({ id: 2, start, status: 'application error' });
      const failed = await runRt(['activation', 'wait', idOf(2), '--quiet'], { env: host.environment });
      assert.deepEqual(failed, { status: 246, stdout: '{}\n', stderr: '' });
    });

    it('exits with 202 when the time is over', async () => {
      const words = ['activation', 'wait', idOf(1), '--wait', '0', '--json'];
      const { status, stdout } = await runRt(words, { env: host.environment });
      assert.deepEqual([status, stdout], [202, `{"activationId":"${idOf(1)}","finished":false}\n`]);
    });

    it('needs an id', async () => {
      const { status, stderr } = await runRt(['activation', 'wait'], { env: host.environment });
      assert.deepEqual(
        [status, stderr.split('\n')[0]],
        [2, 'error: Invalid argument(s). An activation ID is required.'],
      );
    });
  });
});
