import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RuntimeCommand } from '../runtime-process.js';
import type { Prisoner } from './sandbox-options.js';

const run = promisify(execFile);

/** Open files, as OpenWhisk grants them, and the largest file in blocks of 512 bytes: 512 MB (RS-504). */
const openFiles = 1024;
const fileBlocks = (512 * 1024 * 1024) / 512;

const shell = '/bin/sh';

/**
 * The command under limits of the kernel (RS-501, RS-504): no core files, open files, the size of a file, and memory that is written. Set by
 * a shell that then becomes the program and leaves none of its variables; a limit that the system refuses is left out.
 */
export function limitedCommand(command: RuntimeCommand, { memory, overhead }: Prisoner): RuntimeCommand {
  const limits = [
    `-c 0`,
    `-n ${String(openFiles)}`,
    `-f ${String(fileBlocks)}`,
    `-d ${String((memory + overhead) * 1024)}`,
  ];
  const script = `${limits.map((limit) => `ulimit ${limit} 2>/dev/null`).join('; ')}; unset PWD OLDPWD SHLVL; exec "$0" "$@"`;
  return { ...command, program: shell, args: ['-c', script, command.program, ...command.args] };
}

/** Whether the shell of this system can set these limits. */
export async function limitsWork(): Promise<boolean> {
  const script = `ulimit -c 0 && ulimit -n ${String(openFiles)} && ulimit -d 1048576 && ulimit -d`;
  return run(shell, ['-c', script], { cwd: '/', env: {}, timeout: 5_000 }).then(
    ({ stdout }) => stdout.trim() === '1048576',
    () => false,
  );
}
