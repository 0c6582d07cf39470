import type { ContainerProxy } from './container-proxy.js';
import type { ContainerRegister } from './container-register.js';
import type { PoolJob } from './pool-job.js';

/**
 * Milliseconds for which an idle container is kept, at least, from a job whose own action has a running one: about what
 * the cold start costs that the eviction would bring, and most likely a second one as soon as the evicted action is
 * invoked again.
 */
const keptAfterUse = 250;

/** Most milliseconds of that, however slow cold starts are. */
const longestKept = 5_000;

/** Waiting jobs that are looked at to see which containers will be needed. */
export const lookahead = 64;

/** Containers that have to go so that a job gets its memory. */
export interface Eviction {
  readonly victims: readonly ContainerProxy[];
  /** Monotonic milliseconds; until then the job should rather wait for a running container of its own action. */
  readonly due: number;
}

/** What is known when a job finds no room. */
export interface Shortage {
  readonly job: PoolJob;
  /** The jobs that wait behind it, as many as are worth a look. */
  readonly behind: readonly PoolJob[];
  readonly register: ContainerRegister;
  /** MB that are missing. */
  readonly lacking: number;
  /** Monotonic milliseconds. */
  readonly now: number;
}

/**
 * Chooses as many idle containers as the job needs, by last use (action-interface.md §5.3); undefined if all of them
 * would not do. Those that a waiting job needs come after those that none does, the one needed last first, and stem
 * cells at the end: the reference never evicts them, and so lets an action that needs the whole pool wait for ever.
 *
 * A job that has a running container of its own action to wait for takes none that was in use a moment ago. Otherwise
 * actions that are invoked in turn evict each other, and each call is a cold start. As no job overtakes one that waits,
 * what it spares stays idle, and its wait has an end.
 */
export function planEviction({ job, behind, register, lacking, now }: Shortage): Eviction | undefined {
  let left = lacking;
  const victims: ContainerProxy[] = [];
  for (const proxy of candidates(behind, register)) {
    if (left <= 0) break;
    left -= proxy.request.memory;
    victims.push(proxy);
  }
  if (left > 0) return undefined;
  if (!register.hasRunning(job.binding.key)) return { victims, due: now };
  const kept = retention(register.all(), now);
  return { victims, due: Math.max(...victims.map(({ lastUsed }) => lastUsed + kept)) };
}

function candidates(behind: readonly PoolJob[], register: ContainerRegister): ContainerProxy[] {
  const needed = neededBy(behind, register);
  const idle = register.idle().filter((proxy) => !needed.includes(proxy));
  return [...idle, ...needed.toReversed(), ...register.unusedStemCells()];
}

/** The idle containers that waiting jobs need, soonest first: one for each action that has none running. */
function neededBy(jobs: readonly PoolJob[], register: ContainerRegister): ContainerProxy[] {
  const needed = new Set<ContainerProxy>();
  const seen = new Set<string>();
  for (const { binding, slots } of jobs) {
    if (seen.has(binding.key)) continue;
    seen.add(binding.key);
    const warm = register.hasRunning(binding.key) ? undefined : register.warm(binding.key, slots);
    if (warm !== undefined) needed.add(warm);
  }
  return [...needed];
}

/** On a machine or a driver on which cold starts take long, waiting is worth more. */
function retention(proxies: readonly ContainerProxy[], now: number): number {
  const slowest = Math.max(0, ...proxies.map((proxy) => proxy.startTime(now)));
  return Math.min(Math.max(keptAfterUse, 2 * slowest), longestKept);
}
