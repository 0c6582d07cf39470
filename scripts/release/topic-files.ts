import type { Metafile } from 'esbuild';
import type { CommandFile } from './command-table.js';

/** The commands of one topic (`action`, `project`) with the modules that no other command reaches. */
export interface Topic {
  readonly name: string;
  readonly commands: readonly CommandFile[];
  /** Paths below the root. */
  readonly modules: ReadonlySet<string>;
}

/** Bytes of own modules from which a topic gets a file of its own; a smaller one is not worth opening a file for. */
const least = 10_000;

/**
 * Parts the modules of the whole client, as its metafile tells them: what only the commands of one topic reach belongs to that topic, the rest to
 * all. A command then reads, restores and, without a code cache, parses half of the text (P-03, P-05).
 */
export function topicsOf(metafile: Metafile, entry: string, files: readonly CommandFile[]): Topic[] {
  const commandPaths = new Set(files.map(({ path }) => path));
  const common = reached(metafile, [entry], commandPaths);
  const names = [...new Set(files.map(({ id }) => topicName(id)))];
  const topics = names.map((name) => {
    const commands = files.filter(({ id }) => topicName(id) === name);
    const paths = commands.map(({ path }) => path);
    return { name, commands, modules: reached(metafile, paths, common) };
  });
  return topics
    .map((topic) => ({ ...topic, modules: new Set([...topic.modules].filter((path) => isAlone(path, topic, topics))) }))
    .filter(({ modules }) => size(metafile, modules) >= least);
}

function topicName(id: string): string {
  return id.split(':')[0] ?? id;
}

function isAlone(path: string, topic: Topic, topics: readonly Topic[]): boolean {
  return topics.every(({ name, modules }) => name === topic.name || !modules.has(path));
}

/** Every module that is imported from `starts`, at once or later, without those of `beyond` and what only they import. */
function reached(metafile: Metafile, starts: readonly string[], beyond: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const input = metafile.inputs[path];
    if (input === undefined || found.has(path) || beyond.has(path)) continue;
    found.add(path);
    open.push(...input.imports.map((each) => each.path));
  }
  return found;
}

function size(metafile: Metafile, modules: ReadonlySet<string>): number {
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return parts.filter(([path]) => modules.has(path)).reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}
