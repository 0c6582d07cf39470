import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process: its id and its start time never come twice together (RS-144). */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the system writes it; only compared. */
  readonly startTime: string;
}

/** The identity of a running process; undefined when none has this id, or only its zombie is left (RS-153). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** Whether this very process still runs. Anything that is not sure counts as gone, so that no stranger gets a signal. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identity.startTime !== '' && identify(identity.pid)?.startTime === identity.startTime;
}

/** Sends a signal to this very process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

function startTimeFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name in parentheses may itself contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const text = execFileSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { LC_ALL: 'C' },
    }).trim();
    return text === '' || text.startsWith('Z') ? undefined : text.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}
