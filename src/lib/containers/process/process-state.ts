import { readFile } from 'node:fs/promises';

/** A process as the kernel knows it. Id and start time together never come twice (RS-144). */
export interface ProcessState {
  readonly pid: number;
  /** One letter, `Z` for a zombie. */
  readonly state: string;
  /** Clock ticks since the system started. */
  readonly startTime: string;
}

/** Reads /proc; undefined when there is no such process, or no /proc. */
export async function readProcessState(pid: number): Promise<ProcessState | undefined> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may itself contain blanks and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields?.[0], fields?.[19]];
  return state === undefined || startTime === undefined ? undefined : { pid, state, startTime };
}

/** Whether this very process still runs: same start time and no zombie. `kill -0` can tell neither (RS-153). */
export async function isRunning(process: ProcessState): Promise<boolean> {
  const now = await readProcessState(process.pid);
  return now !== undefined && now.startTime === process.startTime && now.state !== 'Z' && now.state !== 'X';
}
