import { join } from 'node:path';
import { isJsonObject } from '../../entity/json.js';
import { readTextFile } from '../../config/private-file.js';
import { UnknownCommandError } from '../argv/unknown-command.js';
import type { Program } from '../command-table.js';
import { commandHelp } from './command-help.js';
import { pageText } from './help-page.js';
import { helpPages } from './help-pages.js';
import { entries, type Entry, section } from './help-text.js';
import { helpPageName, type HelpPageName, helpPageNames } from './page-names.js';
import { topicSummaries } from './topics.js';

type Summaries = ReadonlyMap<string, string>;

/** Summaries from the manifest of a release; undefined in development, where there is none. */
function manifestSummaries(root: string): Summaries | undefined {
  const text = readTextFile(join(root, 'oclif.manifest.json'));
  const manifest: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!isJsonObject(manifest) || !isJsonObject(manifest.commands)) return undefined;
  const pairs = Object.entries(manifest.commands).flatMap(([id, command]): [string, string][] =>
    isJsonObject(command) && typeof command.summary === 'string' ? [[id, command.summary]] : [],
  );
  return new Map(pairs);
}

async function summaries(program: Program, ids: readonly string[]): Promise<Summaries> {
  const known = manifestSummaries(program.root);
  if (known !== undefined && ids.every((id) => known.has(id))) return known;
  const pairs = await Promise.all(
    ids.map(async (id): Promise<[string, string]> => [id, (await program.commands[id]?.())?.default.summary ?? '']),
  );
  return new Map(pairs);
}

async function commandEntries(program: Program, ids: readonly string[]): Promise<readonly Entry[]> {
  const texts = await summaries(program, ids);
  return ids.map((id) => ({ term: id.replaceAll(':', ' '), text: texts.get(id) ?? '' }));
}

async function rootHelp(program: Program, width: number): Promise<string> {
  const ids = Object.keys(program.commands).sort();
  const topics = [...new Set(ids.filter((id) => id.includes(':')).map((id) => id.slice(0, id.indexOf(':'))))];
  const topicEntries = topics.map((topic) => ({ term: topic, text: topicSummaries[topic] ?? '' }));
  const single = ids.filter((id) => !id.includes(':'));
  return [
    'The command line for OpenWhisk-compatible serverless platforms, with a local platform inside',
    ...section('USAGE', ['  rt TOPIC COMMAND [ARGUMENTS] [flags]']),
    ...section('TOPICS', entries(topicEntries, width)),
    ...section('COMMANDS', entries(await commandEntries(program, single), width)),
    ...section(
      'MORE',
      entries(
        [
          { term: 'rt help TOPIC', text: 'commands of a topic' },
          { term: 'rt help TOPIC COMMAND', text: 'flags and examples of a command' },
          ...helpPageNames.map((page) => ({ term: `rt help ${page}`, text: helpPages[page].summary })),
        ],
        width,
      ),
    ),
  ].join('\n');
}

async function topicHelp(program: Program, topic: string, width: number): Promise<string | undefined> {
  const ids = Object.keys(program.commands)
    .filter((id) => id.startsWith(`${topic}:`))
    .sort();
  if (ids.length === 0) return undefined;
  const words = topic.replaceAll(':', ' ');
  return [
    topicSummaries[topic] ?? `commands of ${words}`,
    ...section('USAGE', [`  rt ${words} COMMAND [flags]`]),
    ...section('COMMANDS', entries(await commandEntries(program, ids), width)),
  ].join('\n');
}

/** A page of prose; when a topic has the same name, its commands stand below. */
async function pageHelp(program: Program, name: HelpPageName, width: number): Promise<string> {
  const ids = Object.keys(program.commands).filter((id) => id.startsWith(`${name}:`));
  const commands = section('COMMANDS', entries(await commandEntries(program, ids.sort()), width));
  return [pageText(helpPages[name], width), ...commands].join('\n');
}

/** The help for a path of words: of the program, a topic, a command, or a page of prose (C-77). Throws UnknownCommandError. */
export async function helpFor(program: Program, path: readonly string[], width: number): Promise<string> {
  if (path.length === 0) return rootHelp(program, width);
  const id = path.join(':');
  const page = helpPageName(id);
  if (page !== undefined) return pageHelp(program, page, width);
  const load = Object.hasOwn(program.commands, id) ? program.commands[id] : undefined;
  if (load !== undefined) return commandHelp((await load()).default, id, width);
  const text = await topicHelp(program, id, width);
  if (text === undefined) throw new UnknownCommandError(path, new Set(Object.keys(program.commands)));
  return text;
}
