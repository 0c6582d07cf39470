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

/** What the client's entry module names. */
export interface ClientParts {
  readonly version: string;
  /** The commands whose modules lie in the client's own file. */
  readonly files: readonly CommandFile[];
  /** Those that lie in files beside it. */
  readonly topics: readonly { readonly name: string; readonly commands: readonly CommandFile[] }[];
  /** Paths below the root of the modules that those files take from the client. */
  readonly shared: readonly string[];
}

/** Name of the file of a topic's commands. */
export function topicFile(name: string): string {
  return `commands-${name}.cjs`;
}

/**
 * Source of the client's entry module: the table of commands, each behind a call that loads its module only when the command is used
 * (C-80), the modules that the files of topics share with it, and `run(argv, waiting)` for `bin/run.cjs`.
 */
export function clientEntry({ version, files, topics, shared }: ClientParts): string {
  const apart = topics.flatMap(({ name, commands }) => commands.map(({ id }) => rowApart(name, id)));
  return [
    `import { dirname } from 'node:path';`,
    `import { main } from './src/lib/cli/main.ts';`,
    `export const COMMANDS = {`,
    ...[...files.map(row), ...apart].sort(),
    `};`,
    `export const MODULES = {`,
    ...shared.map((path) => `  ${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)}),`),
    `};`,
    `export function run(argv, waiting) {`,
    `  const version = ${JSON.stringify(version)};`,
    `  return main(argv, { commands: COMMANDS, root: dirname(__dirname), version, waiting });`,
    `}`,
  ].join('\n');
}

/** Source of the entry module of a topic's file: the table of its commands. */
export function topicEntry(commands: readonly CommandFile[]): string {
  return [`export const COMMANDS = {`, ...commands.map(row), `};`].join('\n');
}

function row({ id, path }: CommandFile): string {
  return `  ${JSON.stringify(id)}: () => import(${JSON.stringify(`./${path}`)}),`;
}

function rowApart(topic: string, id: string): string {
  return `  ${JSON.stringify(id)}: () => require('./${topicFile(topic)}').COMMANDS[${JSON.stringify(id)}](),`;
}
