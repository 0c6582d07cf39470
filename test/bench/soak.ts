import { load } from './load/load.js';
import { plainTable } from './plain-table.js';
import { Playground } from './playground.js';
import { childrenOf, residentMemory, runs, showsProcesses } from './process-figures.js';
import { invokePath, platformTarget, Rest } from './rest.js';
import { greetCode } from './suites/greet.js';

/** Milliseconds that a soak may take, however slow the machine is. */
const longest = 600_000;

const connections = 16;

/** Resident memory at a moment of the soak. */
interface MemorySample {
  /** Seconds from the begin. */
  readonly at: number;
  /** MiB. */
  readonly memory: number;
}

/**
 * `--soak`: so many activations at 16 connections, with one action created and one deleted a second beside them; tells about memory, children
 * and latencies. Bounded by ten minutes. Throws where processes cannot be seen.
 */
export async function soakPage(activations: number): Promise<string> {
  if (!showsProcesses) throw new Error('a soak needs Linux: it looks at processes');
  const playground = await Playground.create();
  try {
    const address = await playground.startPlatform();
    await playground.run('action', 'create', 'greet', 'greet.js');
    const target = platformTarget(address, [invokePath('greet')]);
    await load(target, { connections, warmUp: 0, duration: longest, amount: Math.min(5_000, activations) });
    const beside = new Beside(new Rest(address), address.pid);
    const running = beside.run();
    const result = await load(target, { connections, warmUp: 0, duration: longest, amount: activations });
    await beside.end(running);
    const children = await childrenOf(address.pid);
    await playground.run('platform', 'stop');
    const left = (await Promise.all([address.pid, ...children].map(runs))).filter(Boolean).length;
    const first = beside.memory[0]?.memory ?? Number.NaN;
    const last = beside.memory.at(-1)?.memory ?? Number.NaN;
    return plainTable([
      ['soak', 'now', 'behind it'],
      ['activations', String(result.count), `${result.rate.toFixed(0)} a second, ${String(result.errors)} not 2xx`],
      ['created and deleted beside them', String(beside.changes), `${String(beside.failures)} failed`],
      [
        'RSS, last over first',
        (last / first).toFixed(2),
        `${last.toFixed(0)} / ${first.toFixed(0)} MiB, ${course(beside.memory)}`,
      ],
      [
        'p99, last tenth over first',
        (result.lastTenth / result.firstTenth).toFixed(2),
        `${result.lastTenth.toFixed(1)} / ${result.firstTenth.toFixed(1)} ms`,
      ],
      ['processes left after the stop', String(left), `of ${String(children.length + 1)}`],
    ]);
  } finally {
    await playground.dispose();
  }
}

/** Ten of the memory samples, as a course. */
function course(samples: readonly MemorySample[]): string {
  const step = Math.max(1, Math.floor(samples.length / 10));
  const some = samples.filter((_, index) => index % step === 0);
  return some.map(({ at, memory }) => `${at.toFixed(0)} s: ${memory.toFixed(0)}`).join(', ');
}

/** What happens beside the load, once a second. */
class Beside {
  readonly memory: MemorySample[] = [];
  changes = 0;
  failures = 0;
  private done = false;
  private readonly begin = performance.now();

  constructor(
    private readonly rest: Rest,
    private readonly pid: number,
  ) {}

  async run(): Promise<void> {
    while (!this.done) {
      this.memory.push({ at: (performance.now() - this.begin) / 1000, memory: await residentMemory(this.pid) });
      await this.change();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }

  async end(running: Promise<void>): Promise<void> {
    this.done = true;
    await running;
    this.memory.push({ at: (performance.now() - this.begin) / 1000, memory: await residentMemory(this.pid) });
    this.rest.dispose();
  }

  private async change(): Promise<void> {
    this.changes += 1;
    const name = `beside${String(this.changes)}`;
    try {
      await this.rest.putAction(name, greetCode);
      await this.rest.deleteAction(name);
    } catch {
      this.failures += 1;
    }
  }
}
