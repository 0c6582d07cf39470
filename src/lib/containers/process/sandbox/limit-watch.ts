import type { Clock } from '../../../entity/clock.js';
import type { RuntimeProcess } from '../runtime-process.js';
import { pageSizeOf, ProcessSnapshot, residentBytes } from './process-tree.js';

/** Milliseconds between two looks at the memory of busy containers, and looks between two searches for their processes (RS-501, RS-503). */
const interval = 50;
const looksPerSearch = 5;

/** MB above the action's limit at which its processes are killed, and processes that it may have at most. */
const memoryAllowance = 128;
const maxProcesses = 512;

const megabyte = 1024 * 1024;

interface LimitWatchDeps {
  readonly clock: Clock;
  /** Whether anything is watched at all. */
  readonly enabled: boolean;
  /** Bytes that this process uses, for the size of a page. */
  readonly ownMemory: () => number;
}

/** The watch over the processes of one container. */
export interface ContainerWatch {
  /** From now on the process and its group belong to the container. */
  add(process: RuntimeProcess): void;
  /** An activation runs; the returned function says that it has ended. */
  begin(): () => void;
  close(): void;
}

interface Watched {
  readonly memory: number;
  readonly mark: string;
  readonly processes: Set<RuntimeProcess>;
  /** Ids of its processes as of the last search. */
  members: ReadonlySet<number>;
  busy: number;
  /** Looks since the activation began. */
  looks: number;
}

/**
 * Watches the memory and the number of processes of containers while they work, and kills those that exceed a limit: the kernel limits only
 * single processes, and not what they share among many. Activations that are shorter than one interval cost nothing.
 */
export class LimitWatch {
  private readonly containers = new Set<Watched>();
  private readonly marks = new Map<string, string>();
  private ticking = false;
  private pageSize: number | undefined;

  constructor(private readonly deps: LimitWatchDeps) {}

  /** Begins to watch a container with this limit in MB, whose processes carry this mark. */
  open(memory: number, mark: string): ContainerWatch {
    const watched: Watched = { memory, mark, processes: new Set(), members: new Set(), busy: 0, looks: 0 };
    this.containers.add(watched);
    return {
      add: (process) => {
        watched.processes.add(process);
        void process.exited.then(() => watched.processes.delete(process));
      },
      begin: () => this.begin(watched),
      close: () => void this.containers.delete(watched),
    };
  }

  private begin(watched: Watched): () => void {
    if (!this.deps.enabled) return () => undefined;
    if (watched.busy === 0) watched.looks = 0;
    watched.busy += 1;
    this.tickLater();
    return () => {
      watched.busy -= 1;
    };
  }

  private tickLater(): void {
    if (this.ticking) return;
    this.ticking = true;
    this.deps.clock.after(interval, () => {
      this.ticking = false;
      this.look();
    });
  }

  private look(): void {
    const busy = [...this.containers].filter((watched) => watched.busy > 0);
    if (busy.length === 0) return;
    const searching = busy.filter(({ looks }) => looks > 0 && looks % looksPerSearch === 1);
    if (searching.length > 0) this.search(searching);
    for (const watched of busy) {
      // The first look only sees that it is no short one.
      if (watched.looks > 0) this.check(watched);
      watched.looks += 1;
    }
    this.tickLater();
  }

  private search(containers: readonly Watched[]): void {
    const snapshot = ProcessSnapshot.take(this.marks);
    for (const watched of containers) {
      const groups = new Set([...watched.processes].map(({ pid }) => pid));
      watched.members = snapshot.members(groups, watched.mark);
    }
  }

  private check(watched: Watched): void {
    if (watched.members.size > maxProcesses) this.end(watched, 'processes');
    this.pageSize ??= pageSizeOf(this.deps.ownMemory());
    let bytes = 0;
    for (const pid of watched.members) bytes += residentBytes(pid, this.pageSize);
    if (bytes > (watched.memory + memoryAllowance) * megabyte) this.end(watched, 'memory');
  }

  private end({ processes, members }: Watched, kind: 'memory' | 'processes'): void {
    for (const process of processes) process.endForLimit(kind);
    for (const pid of members) kill(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
