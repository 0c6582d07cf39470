import { UsageError } from '../../errors/client-errors.js';
import { didYouMean } from '../did-you-mean.js';
import { encodePair } from '../flags/pair.js';
import type { FlagSpec, FlagTable } from './flag-table.js';

/** One use of a flag: `true`, `false`, a value, or an encoded pair. */
export interface FlagUse {
  readonly spec: FlagSpec;
  readonly value: string | boolean;
}

/** What a flag word turned out to be, and the index of the word after everything that belongs to it. */
export interface FlagReading {
  readonly uses: readonly FlagUse[];
  readonly problems: readonly UsageError[];
  readonly next: number;
  /** True when a word names no flag of the table. */
  readonly unknown: boolean;
}

/** Whether a word is a flag by its look; `-` alone is a value (stdin). */
export function looksLikeFlag(word: string | undefined): boolean {
  return word !== undefined && word.startsWith('-') && word !== '-';
}

function usage(message: string, hint?: string): UsageError {
  return new UsageError(message, { hint, showUsage: true });
}

/** Reads flags from a list of words (C-4, C-5). Holds no state besides the words. */
export class FlagReader {
  constructor(
    private readonly words: readonly string[],
    private readonly table: FlagTable,
  ) {}

  /** Reads the flag word at `index`; `positionals` counts the positional words before it (C-38). */
  read(index: number, positionals: number): FlagReading {
    const word = this.words[index] ?? '';
    return word.startsWith('--') ? this.readLong(word, index, positionals) : this.readShort(word, index, positionals);
  }

  private readLong(word: string, index: number, positionals: number): FlagReading {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const attached = equals < 0 ? undefined : word.slice(equals + 1);
    const spec = this.table.long.get(name);
    if (spec !== undefined) return this.readValue(spec, { shown: `--${name}`, attached, index, positionals });
    const negated = name.startsWith('no-') ? this.table.long.get(name.slice(3)) : undefined;
    if (negated?.negatable === true && attached === undefined)
      return done([{ spec: negated, value: false }], index + 1);
    return unknownFlag(`--${name}`, this.nearestLong(name), index + 1);
  }

  private nearestLong(name: string): string | undefined {
    const visible = [...this.table.long].filter(([, spec]) => !spec.hidden).map(([word]) => `--${word}`);
    return didYouMean(`--${name}`, visible);
  }

  /** One letter or a bundle of boolean letters, the last of which may have a value: `-rb`, `-fvalue`, `-f=value`. */
  private readShort(word: string, index: number, positionals: number): FlagReading {
    const uses: FlagUse[] = [];
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at);
      const spec = this.table.short.get(letter);
      if (spec === undefined) return { ...unknownFlag(at === 1 ? word : `-${letter}`, undefined, index + 1), uses };
      const rest = word.slice(at + 1);
      if (spec.kind === 'boolean' && !rest.startsWith('=')) {
        uses.push({ spec, value: true });
        continue;
      }
      const attached = rest === '' ? undefined : rest.replace(/^=/, '');
      const last = this.readValue(spec, { shown: `-${letter}`, attached, index, positionals });
      return { ...last, uses: [...uses, ...last.uses] };
    }
    return done(uses, index + 1);
  }

  private readValue(spec: FlagSpec, place: Place): FlagReading {
    switch (spec.kind) {
      case 'boolean':
        return readBoolean(spec, place);
      case 'pair':
        return this.readPair(spec, place);
      case 'optional':
        return this.readOptional(spec, place);
      case 'value':
        return this.readWord(spec, place);
    }
  }

  private readOptional(spec: FlagSpec, place: Place): FlagReading {
    if (place.attached !== undefined) return checked(spec, place.attached, place.index + 1);
    const following = this.words[place.index + 1];
    const rule = spec.optionalValue;
    if (following !== undefined && !looksLikeFlag(following) && rule?.takes?.(following, place.positionals) === true) {
      return checked(spec, following, place.index + 2);
    }
    return done([{ spec, value: rule?.bare ?? '' }], place.index + 1);
  }

  private readWord(spec: FlagSpec, place: Place): FlagReading {
    if (place.attached !== undefined) return checked(spec, place.attached, place.index + 1);
    const following = this.words[place.index + 1];
    const message = `Flag ${place.shown} expects a value`;
    if (following === undefined || following === '--') return failed(usage(message), place.index + 1);
    if (!looksLikeFlag(following) || /^-\d/.test(following)) return checked(spec, following, place.index + 2);
    if (this.isKnown(following)) return failed(usage(message), place.index + 1);
    return failed(usage(message, `write ${place.shown}=${following} if '${following}' is the value`), place.index + 2);
  }

  private isKnown(word: string): boolean {
    if (!word.startsWith('--')) return this.table.short.has(word.charAt(1));
    const [name = ''] = word.slice(2).split('=');
    return this.table.long.has(name) || (name.startsWith('no-') && this.table.long.has(name.slice(3)));
  }

  /** Two words, whatever they look like (C-20); attached forms split at the first `=`. */
  private readPair(spec: FlagSpec, place: Place): FlagReading {
    const { attached, index } = place;
    if (attached !== undefined) {
      const equals = attached.indexOf('=');
      if (equals < 0) return failed(pairProblem(place.shown), index + 1);
      return pairOf(spec, place, {
        key: attached.slice(0, equals),
        value: attached.slice(equals + 1),
        next: index + 1,
      });
    }
    const key = this.words[index + 1];
    const value = this.words[index + 2];
    if (key?.includes('=') === true && (value === undefined || value.startsWith('-'))) {
      return failed(assignmentProblem(place.shown, key), index + 2);
    }
    if (key === undefined || value === undefined) return failed(pairProblem(place.shown), index + 3);
    return pairOf(spec, place, { key, value, next: index + 3 });
  }
}

interface Place {
  /** The flag as it was typed, for messages. */
  readonly shown: string;
  readonly attached: string | undefined;
  readonly index: number;
  readonly positionals: number;
}

function done(uses: readonly FlagUse[], next: number): FlagReading {
  return { uses, problems: [], next, unknown: false };
}

function failed(problem: UsageError, next: number): FlagReading {
  return { uses: [], problems: [problem], next, unknown: false };
}

function unknownFlag(shown: string, hint: string | undefined, next: number): FlagReading {
  return { uses: [], problems: [usage(`Unknown flag ${shown}`, hint)], next, unknown: true };
}

function readBoolean(spec: FlagSpec, place: Place): FlagReading {
  const { attached, shown, index } = place;
  if (attached === undefined) return done([{ spec, value: true }], index + 1);
  if (attached === 'true' || attached === 'false') return done([{ spec, value: attached === 'true' }], index + 1);
  return failed(usage(`Invalid value '${attached}' for ${shown}: expected true or false`), index + 1);
}

function checked(spec: FlagSpec, value: string, next: number): FlagReading {
  if (spec.options === undefined || spec.options.includes(value)) return done([{ spec, value }], next);
  const expected = spec.options.join(', ');
  const problem = usage(
    `Invalid value '${value}' for --${spec.name}: expected one of ${expected}`,
    didYouMean(value, spec.options),
  );
  return failed(problem, next);
}

function pairOf(
  spec: FlagSpec,
  place: Place,
  pair: { readonly key: string; readonly value: string; readonly next: number },
): FlagReading {
  if (pair.key === '')
    return failed(usage(`Arguments for '${place.shown}' must have a key that is not empty`), pair.next);
  const value = encodePair({ key: pair.key, value: pair.value, position: place.index });
  return done([{ spec, value }], pair.next);
}

function pairProblem(shown: string): UsageError {
  return usage(`Arguments for '${shown}' must be a key/value pair`);
}

function assignmentProblem(shown: string, word: string): UsageError {
  const [key = '', ...value] = word.split('=');
  const long = shown.startsWith('--') ? shown : '--param';
  return usage(
    `'${shown}' takes a key and a value as two words`,
    `write ${shown} ${key} ${value.join('=')}, or ${long}=${word}`,
  );
}
