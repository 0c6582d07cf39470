import type { Clock } from '../../entity/clock.js';
import { MarkSearch } from './mark-search.js';
import { isRunning, readProcessState, type ProcessState } from './process-state.js';

/** The variable by which the processes of our containers, and what they start, are recognised (RS-143). */
export const markVariable = '__RT_MARK';

/** One for all containers that go at the same time. */
const search = new MarkSearch(markVariable);

/** Rounds of looking and killing, and milliseconds between them: something that forks while it is hunted needs several. */
const rounds = 100;
const pause = 10;

/**
 * Kills every process whose environment at its start carried a mark that `matches` accepts, also one that left its process group with
 * setsid. Resolves when none runs any more, with the number that were killed. Only Linux shows environments; elsewhere nothing is found.
 */
export async function killMarked(matches: (mark: string) => boolean, clock: Clock): Promise<number> {
  const killed = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const found = await findMarked(matches);
    if (found.length === 0) break;
    for (const process of found) {
      if (await isRunning(process)) kill(process.pid);
      killed.add(`${String(process.pid)}@${process.startTime}`);
    }
    await new Promise<void>((resolve) => {
      clock.after(pause, resolve);
    });
  }
  return killed.size;
}

/** The running processes that carry such a mark. */
async function findMarked(matches: (mark: string) => boolean): Promise<ProcessState[]> {
  const marked = (await search.find()).filter(({ mark }) => matches(mark));
  const found = await Promise.all(marked.map(({ pid }) => readProcessState(pid)));
  return found.filter((process) => process !== undefined);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
