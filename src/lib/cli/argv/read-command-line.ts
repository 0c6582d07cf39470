import type { ArgInput, FlagInput } from '@oclif/core/interfaces';
import { UsageError } from '../../errors/client-errors.js';
import { didYouMean } from '../did-you-mean.js';
import type { CommandLine } from './command-line.js';
import { FlagReader, type FlagUse, looksLikeFlag } from './flag-reader.js';
import { flagTable } from './flag-table.js';
import { markValue } from './parser-words.js';

/** The part of a command class that describes its line. */
export interface LineGrammar {
  readonly flags: FlagInput;
  readonly baseFlags: FlagInput;
  readonly args: ArgInput;
  /** False for commands that take any number of positional words. */
  readonly strict: boolean;
  /** `An action name is required.` */
  readonly argumentsNeeded: string | undefined;
}

interface Sorted {
  readonly uses: FlagUse[];
  readonly positionals: string[];
  readonly problems: UsageError[];
  unknown: boolean;
}

function sortWords(words: readonly string[], grammar: LineGrammar): Sorted {
  const reader = new FlagReader(words, flagTable(grammar.flags, grammar.baseFlags));
  const sorted: Sorted = { uses: [], positionals: [], problems: [], unknown: false };
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    if (word === '--') {
      sorted.positionals.push(...words.slice(at + 1));
      break;
    }
    if (!looksLikeFlag(word)) {
      sorted.positionals.push(word);
      at += 1;
      continue;
    }
    const reading = reader.read(at, sorted.positionals.length);
    sorted.uses.push(...reading.uses);
    sorted.problems.push(...reading.problems);
    sorted.unknown ||= reading.unknown;
    at = reading.next;
  }
  return sorted;
}

/** The uses that count: of a flag that is not repeatable the last one (C-4). */
function effectiveUses(uses: readonly FlagUse[]): readonly FlagUse[] {
  const last = new Map<string, FlagUse>();
  for (const use of uses) last.set(use.spec.name, use);
  return uses.filter((use) => use.spec.multiple || last.get(use.spec.name) === use);
}

function wordsOf(use: FlagUse): readonly string[] {
  const { spec, value } = use;
  if (value === true) return [`--${spec.name}`];
  if (value === false) return spec.negatable ? [`--no-${spec.name}`] : [];
  return [`--${spec.name}`, spec.kind === 'pair' ? value : markValue(value)];
}

function positionalProblem(positionals: readonly string[], grammar: LineGrammar): UsageError | undefined {
  const args = Object.values(grammar.args);
  const needed = args.filter((arg) => arg.required === true).length;
  const allowed = grammar.strict && !args.some((arg) => arg.multiple === true) ? args.length : Number.POSITIVE_INFINITY;
  const sentence = grammar.argumentsNeeded === undefined ? '' : ` ${grammar.argumentsNeeded}`;
  if (positionals.length < needed) return new UsageError(`Invalid argument(s).${sentence}`, { showUsage: true });
  if (positionals.length <= allowed) return undefined;
  const extra = positionals.slice(allowed).join(', ');
  return new UsageError(`Invalid argument(s): ${extra}.${sentence}`, { showUsage: true });
}

/** Positional words that are none of the words which their place takes. */
function choiceProblems(positionals: readonly string[], args: ArgInput): readonly UsageError[] {
  return Object.entries(args).flatMap(([name, { options }], at) => {
    const word = positionals[at];
    if (word === undefined || options === undefined || options.includes(word)) return [];
    const message = `Invalid value '${word}' for ${name.toUpperCase()}: expected one of ${options.join(', ')}`;
    return [new UsageError(message, { showUsage: true, hint: didYouMean(word, options) })];
  });
}

function exclusiveProblems(uses: readonly FlagUse[]): readonly UsageError[] {
  const given = new Set(uses.filter((use) => use.value !== false).map((use) => use.spec.name));
  const problems = new Map<string, UsageError>();
  for (const { spec } of uses) {
    for (const other of spec.exclusive) {
      if (!given.has(spec.name) || !given.has(other)) continue;
      const pair = [spec.name, other].sort().join(' ');
      if (problems.has(pair)) continue;
      problems.set(pair, new UsageError(`Cannot use --${spec.name} together with --${other}`, { showUsage: true }));
    }
  }
  return [...problems.values()];
}

/** Reads the words behind a command id: flags, pairs, positional words, and everything that is wrong with them (C-4, C-5, C-55, C-59). */
export function readCommandLine(id: string, words: readonly string[], grammar: LineGrammar): CommandLine {
  const sorted = sortWords(words, grammar);
  const uses = effectiveUses(sorted.uses);
  const problems = [...sorted.problems, ...exclusiveProblems(uses)];
  // After an unknown flag nobody knows whether the next word was its value, so the positional words are not judged.
  const positional = sorted.unknown ? undefined : positionalProblem(sorted.positionals, grammar);
  if (positional !== undefined) problems.push(positional);
  if (!sorted.unknown) problems.push(...choiceProblems(sorted.positionals, grammar.args));
  const values = new Map<string, string | boolean>();
  for (const use of uses) if (use.spec.kind !== 'pair') values.set(use.spec.name, use.value);
  return {
    id,
    words: [...uses.flatMap(wordsOf), '--', ...sorted.positionals],
    positionals: sorted.positionals,
    values,
    problems,
  };
}
