import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listening = '0A';

/** Name and id of the program that listens on a TCP port, `nginx (pid 12)`; undefined when the system does not tell (RS-147). */
export function portOwner(port: number): string | undefined {
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listenersOf(table, port));
  if (inodes.length === 0) return undefined;
  const targets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const pid = namesIn('/proc').find((name) => /^\d+$/.test(name) && hasSocket(name, targets));
  if (pid === undefined) return undefined;
  const name = readText(`/proc/${pid}/comm`).trim();
  return `${name === '' ? 'a program' : name} (pid ${pid})`;
}

/** Inodes of the sockets that listen on the port; columns of /proc/net/tcp: number, local, remote, state, … inode. */
function listenersOf(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readText(table)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap((cells) =>
    cells[1]?.endsWith(suffix) === true && cells[3] === listening && cells[9] !== undefined ? [cells[9]] : [],
  );
}

function hasSocket(pid: string, targets: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  return namesIn(folder).some((descriptor) => targets.has(linkOf(`${folder}/${descriptor}`)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
