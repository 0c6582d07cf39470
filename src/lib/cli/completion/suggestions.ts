import { shortcuts } from '../argv/aliases.js';
import type { CommandTree } from '../argv/command-tree.js';
import { helpPageNames } from '../help/page-names.js';
import { topicSummaries } from '../help/topics.js';
import { flagsFor, type TypedCommand } from './typed-command.js';
import type { CompletableFlag, WordCatalogue } from './word-catalogue.js';

/** A word that could stand at the cursor. */
export interface Candidate {
  readonly word: string;
  readonly summary: string;
}

/** Lists of names that only a platform, or the configuration, knows. */
export type NameList = 'action' | 'package' | 'trigger' | 'rule' | 'kind' | 'context';

/** What could stand at the cursor. */
export interface Suggestions {
  readonly candidates: readonly Candidate[];
  /** Whether names of files fit too. */
  readonly files: boolean;
  /** The names that fit too, and what stands before them in the same word (`--kind=`). */
  readonly names?: { readonly list: NameList; readonly lead: string };
}

type Source = NameList | 'files' | 'none';

/** What an argument means, by topic and name of the argument. */
const argumentSources: Readonly<Record<string, Readonly<Record<string, Source>>>> = {
  action: { name: 'action', code: 'files', scope: 'package' },
  activation: { scope: 'action' },
  trigger: { name: 'trigger' },
  rule: { name: 'rule', trigger: 'trigger', action: 'action' },
  package: { name: 'package', package: 'package' },
  api: { action: 'action' },
  kind: { kind: 'kind' },
  context: { name: 'context', old: 'context' },
};

const flagSources: Readonly<Record<string, Source>> = {
  kind: 'kind',
  context: 'context',
  feed: 'action',
  action: 'action',
  package: 'package',
};

const nothing: Suggestions = { candidates: [], files: false };

/** The words that fit at the cursor by what was typed before them. */
export function suggest(
  typed: TypedCommand,
  current: string,
  catalogue: WordCatalogue,
  tree: CommandTree,
): Suggestions {
  if (typed.pending !== undefined) return typed.pending.count > 1 ? nothing : valuesOf(typed.pending.flag, '');
  if (typed.help) return { candidates: helpWords(typed, catalogue, tree), files: false };
  if (current.startsWith('-') && !typed.ended) return flagSuggestions(typed, current, catalogue);
  const words = typed.positionals.length === 0 ? commandWords(typed.phrase, catalogue, tree) : [];
  if (typed.id === undefined)
    return { candidates: colonWords(current, typed.phrase, catalogue, tree) ?? words, files: false };
  const suggestions = argumentSuggestions(typed.id, typed.positionals.length, catalogue);
  return { ...suggestions, candidates: [...words, ...suggestions.candidates] };
}

function valuesOf(flag: CompletableFlag, lead: string): Suggestions {
  if (flag.options.length > 0) {
    return { candidates: flag.options.map((option) => ({ word: lead + option, summary: '' })), files: false };
  }
  return fromSource(flagSources[flag.name] ?? (/FILE|FOLDER|DIR|SOURCE/.test(flag.value) ? 'files' : 'none'), lead);
}

function fromSource(source: Source, lead = ''): Suggestions {
  if (source === 'none') return nothing;
  return source === 'files' ? { candidates: [], files: true } : { ...nothing, names: { list: source, lead } };
}

function flagSuggestions(typed: TypedCommand, current: string, catalogue: WordCatalogue): Suggestions {
  const flags = flagsFor(catalogue, typed.id);
  const equals = current.indexOf('=');
  if (equals > 0) {
    const flag = flags.find(({ words }) => words.includes(current.slice(0, equals)));
    return flag === undefined ? nothing : valuesOf(flag, current.slice(0, equals + 1));
  }
  const free = flags.filter(({ name, repeatable }) => repeatable || !typed.given.has(name));
  const candidates = free.flatMap(({ words, summary }) =>
    words.filter((word) => word.startsWith('--')).map((word) => ({ word, summary })),
  );
  return { candidates, files: false };
}

function argumentSuggestions(id: string, at: number, catalogue: WordCatalogue): Suggestions {
  const args = catalogue.commands.get(id)?.args ?? [];
  // Deleting takes any number of names.
  const arg = args[at] ?? (id.endsWith(':delete') ? args.at(-1) : undefined);
  if (arg === undefined) return nothing;
  if (arg.options.length > 0) {
    return { candidates: arg.options.map((word) => ({ word, summary: '' })), files: false };
  }
  return fromSource(argumentSources[id.split(':')[0] ?? '']?.[arg.name] ?? 'none');
}

/** Topics and commands one word below a phrase; at the top also the short words for commands. */
function commandWords(phrase: string, catalogue: WordCatalogue, tree: CommandTree): readonly Candidate[] {
  const lead = phrase === '' ? '' : `${phrase}:`;
  const found = new Map<string, string>();
  for (const [id, { summary }] of catalogue.commands) {
    if (!id.startsWith(lead)) continue;
    const [word = '', ...rest] = id.slice(lead.length).split(':');
    const topic = lead === '' ? topicSummaries[word] : undefined;
    if (rest.length === 0 || !found.has(word)) found.set(word, rest.length === 0 ? summary : (topic ?? ''));
  }
  if (phrase === '') {
    found.set('help', 'Show help');
    for (const [word, { id }] of Object.entries(shortcuts)) {
      if (!word.includes(':') && tree.command(word) !== undefined)
        found.set(word, catalogue.commands.get(id)?.summary ?? '');
    }
  }
  return [...found].map(([word, summary]) => ({ word, summary })).sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** Completes `action:cr` in its own spelling. */
function colonWords(
  current: string,
  phrase: string,
  catalogue: WordCatalogue,
  tree: CommandTree,
): readonly Candidate[] | undefined {
  const colon = current.lastIndexOf(':');
  if (colon < 0) return undefined;
  let below = phrase;
  for (const part of current.slice(0, colon).split(':')) below = tree.step(below, part) ?? '?';
  const lead = current.slice(0, colon + 1);
  return commandWords(below, catalogue, tree).map(({ word, summary }) => ({ word: lead + word, summary }));
}

function helpWords(typed: TypedCommand, catalogue: WordCatalogue, tree: CommandTree): readonly Candidate[] {
  const pages = typed.phrase === '' ? helpPageNames.map((word) => ({ word, summary: 'page of the help' })) : [];
  return [...commandWords(typed.phrase, catalogue, tree), ...pages];
}
