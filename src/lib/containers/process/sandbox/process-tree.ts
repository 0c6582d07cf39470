import { readdirSync, readFileSync } from 'node:fs';
import { markVariable } from '../marked-processes.js';

/** A process in a snapshot of /proc. */
interface TreeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Clock ticks since the system started; with the pid it never comes twice. */
  readonly startTime: string;
}

/** All processes at one moment. Finds those of a container: its groups, their descendants, and what left them but kept the mark (RS-503). */
export class ProcessSnapshot {
  private constructor(
    private readonly processes: readonly TreeProcess[],
    private readonly marks: Map<string, string>,
  ) {}

  /** `marks` remembers the environments that were read; entries of processes that have ended are dropped. Empty where there is no /proc. */
  static take(marks: Map<string, string>): ProcessSnapshot {
    const processes = namesOf('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
    const alive = new Set(processes.map(keyOf));
    for (const key of marks.keys()) if (!alive.has(key)) marks.delete(key);
    return new ProcessSnapshot(processes, marks);
  }

  /** Ids of the processes that belong to one of the groups, descend from them, or carry the mark. */
  members(groups: ReadonlySet<number>, mark: string): Set<number> {
    const found = new Set<number>();
    for (let before = -1; before !== found.size;) {
      before = found.size;
      for (const { pid, parent, group } of this.processes) if (groups.has(group) || found.has(parent)) found.add(pid);
    }
    for (const process of this.processes) {
      // Whose parent has ended may have left its group: only its environment tells whose it is.
      if (process.parent === 1 && !found.has(process.pid) && this.markOf(process) === mark) found.add(process.pid);
    }
    return found;
  }

  private markOf(process: TreeProcess): string {
    const key = keyOf(process);
    const known = this.marks.get(key);
    if (known !== undefined) return known;
    const prefix = `${markVariable}=`;
    const entry = textOf(`/proc/${String(process.pid)}/environ`)
      .split('\0')
      .find((text) => text.startsWith(prefix));
    const mark = entry?.slice(prefix.length) ?? '';
    this.marks.set(key, mark);
    return mark;
  }
}

/** Bytes that the process has in memory; 0 when it has ended. */
export function residentBytes(pid: number, pageSize: number): number {
  return Number(textOf(`/proc/${String(pid)}/statm`).split(' ')[1] ?? 0) * pageSize;
}

/** Bytes of a page, as this process' own numbers tell. */
export function pageSizeOf(ownBytes: number): number {
  const pages = Number(textOf('/proc/self/statm').split(' ')[1] ?? 0);
  return pages > 0 ? 2 ** Math.round(Math.log2(ownBytes / pages)) : 4096;
}

function readProcess(pid: number): TreeProcess | undefined {
  const stat = textOf(`/proc/${String(pid)}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  if (state === undefined || state === 'Z' || state === 'X' || group === undefined) return undefined;
  return { pid, parent: Number(parent), group: Number(group), startTime: fields[19] ?? '' };
}

function keyOf({ pid, startTime }: TreeProcess): string {
  return `${String(pid)}@${startTime}`;
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
