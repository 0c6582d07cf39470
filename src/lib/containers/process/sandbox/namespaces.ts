import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { ProgramSearch } from '../program-search.js';
import type { RuntimeCommand } from '../runtime-process.js';
import type { SandboxDeps } from './sandbox-options.js';

const run = promisify(execFile);

/** What every runtime gets: a read-only system, its own processes, and no terminal (RS-513). */
const walls = [
  ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
  ...['--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session'],
];

/** Folders that are the runtime's own and empty. */
const emptied = ['/tmp', '/var/tmp'];

interface Cell extends Pick<SandboxDeps, 'home' | 'visible' | 'hidden'> {
  readonly box: string;
  /** The interpreter, which may lie in the user's folder. */
  readonly program: string;
}

/** The command inside a bubblewrap: home and data folder are hidden, the box alone is writable. */
export function namespaceCommand(
  command: RuntimeCommand,
  { home, visible, hidden, box, program }: Cell,
): RuntimeCommand {
  const folders = [...emptied, ...(home === undefined || home === '/' ? [] : [home]), ...hidden];
  const shown = [...visible, programFolder(program)].filter((path) => folders.some((folder) => isInside(path, folder)));
  const args = [
    ...walls,
    ...folders.flatMap((folder) => ['--tmpfs', folder]),
    ...shown.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--bind', box, box, '--chdir', command.cwd, '--', command.program, ...command.args],
  ];
  return { ...command, program: 'bwrap', args };
}

/** Why namespaces cannot be used here; undefined when one trial succeeds. */
export async function namespacesWork(path: string): Promise<string | undefined> {
  if (new ProgramSearch(path).find('bwrap') === undefined) {
    return 'bwrap was not found; install it, for example with apt-get install bubblewrap';
  }
  return run('bwrap', [...walls, '--', '/bin/true'], { cwd: '/', env: { PATH: path }, timeout: 5_000 }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error)),
  );
}

/** Where an interpreter has its library: `…/versions/3.11.7` of `…/versions/3.11.7/bin/python3.11`. */
function programFolder(program: string): string {
  try {
    return dirname(dirname(realpathSync(program)));
  } catch {
    return dirname(program);
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
