import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One command file: its oclif id (`action:create`) and its path below the root with forward slashes. */
export interface CommandFile {
  readonly id: string;
  readonly path: string;
}

/** Every command file under `src/commands`, sorted by id, so that what is generated from them is the same on each machine. */
export async function commandFiles(root: string): Promise<CommandFile[]> {
  const entries = await readdir(join(root, 'src/commands'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => toCommandFile(root, join(entry.parentPath, entry.name)));
  return files.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function toCommandFile(root: string, path: string): CommandFile {
  const below = path
    .slice(join(root, 'src/commands').length + 1)
    .split(/[\\/]/u)
    .join('/');
  const id = below.slice(0, -'.ts'.length).split('/').join(':');
  return { id, path: `src/commands/${below}` };
}

/**
 * Source of the client's entry module: the table of commands, each behind an `import()` that runs only when the command is used
 * (C-80), and `run(argv, waiting)` for `bin/run.cjs`.
 */
export function clientEntry(files: readonly CommandFile[], version: string): string {
  const rows = files.map(({ id, path }) => `  ${JSON.stringify(id)}: () => import(${JSON.stringify(`./${path}`)}),`);
  return [
    `import { dirname } from 'node:path';`,
    `import { main } from './src/lib/cli/main.ts';`,
    `export const COMMANDS = {`,
    ...rows,
    `};`,
    `export function run(argv, waiting) {`,
    `  const version = ${JSON.stringify(version)};`,
    `  return main(argv, { commands: COMMANDS, root: dirname(__dirname), version, waiting });`,
    `}`,
  ].join('\n');
}
