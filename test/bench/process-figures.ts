import { readdir, readFile } from 'node:fs/promises';

/** Whether this machine shows what processes use; only Linux does. */
export const showsProcesses = process.platform === 'linux';

/** Resident memory of a process in MiB. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`process ${String(pid)} has no VmRSS`);
  return Number(kibibytes) / 1024;
}

/** Milliseconds of CPU time that all threads of a process have had, exact to microseconds. */
export async function cpuTime(pid: number): Promise<number> {
  const folder = `/proc/${String(pid)}/task`;
  const threads = await readdir(folder);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const text = await readFile(`${folder}/${thread}/schedstat`, 'utf8').catch(() => '0');
      return Number(text.split(' ', 1)[0]) / 1e6;
    }),
  );
  return times.reduce((sum, time) => sum + time, 0);
}

/** The processes whose environment has this variable with this value, by id. */
export async function processesWith(name: string, value: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/u.test(entry)).map(Number);
  const wanted = `\0${name}=${value}\0`;
  const found = await Promise.all(
    ids.map(async (pid) => {
      const environment = await readFile(`/proc/${String(pid)}/environ`, 'latin1').catch(() => '');
      return `\0${environment}`.includes(wanted) ? [pid] : [];
    }),
  );
  return found.flat();
}

/** The direct children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${String(pid)}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${String(pid)}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** Whether a process runs. */
export async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'latin1').catch(() => '');
  // The state stands behind the name, which may itself hold anything; a zombie has ended.
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state !== '' && state !== 'Z' && state !== 'X';
}
