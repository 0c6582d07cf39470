import { spawnSync } from 'node:child_process';

/** What a program did on a small disk. */
export interface SmallDiskRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether this machine lets the test make a file system of its own: root on Linux with mount namespaces. */
export function canMakeSmallDisk(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

/** Runs a command in a mount namespace where `folder` is a file system of `megabytes`; it is gone with the command. */
export function runOnSmallDisk(folder: string, megabytes: number, command: readonly string[]): SmallDiskRun {
  const script = `mount -t tmpfs -o size=${String(megabytes)}m tmpfs "$0" && exec "$@"`;
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'bash', '-c', script, folder, ...command], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
