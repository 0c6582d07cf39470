/** The exit statuses of cli.md §8. This is the only table; `rt help exit-codes` prints it. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  network: 3,
  platform: 5,
  /** `--detailed-exitcode`: there is, or was, something to change (deploy-and-dev.md §4.2). */
  changes: 10,
  unknownCommand: 127,
  interrupted: 130,
  terminated: 143,
  pending: 202,
  actionFailed: 246,
} as const;

/** An HTTP error status *s* exits with *s* − 256, as wsk does (C-51): 404 gives 148. */
export function exitStatusOfHttp(status: number): number {
  return status >= 400 && status < 512 ? status - 256 : exitStatus.failed;
}
