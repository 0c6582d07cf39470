import type { FlagInput } from '@oclif/core/interfaces';
import type { OptionalValue } from '../flags/optional-value.js';
import { isPairFlag } from '../flags/pair.js';

/** What the grammar has to know of a flag. */
export interface FlagSpec {
  readonly name: string;
  readonly kind: 'boolean' | 'value' | 'pair' | 'optional';
  readonly multiple: boolean;
  readonly negatable: boolean;
  readonly hidden: boolean;
  /** Allowed values. */
  readonly options: readonly string[] | undefined;
  readonly exclusive: readonly string[];
  readonly optionalValue: OptionalValue | undefined;
}

/** Finds flags by the words that stand for them. */
export interface FlagTable {
  /** By name and alias, without dashes. */
  readonly long: ReadonlyMap<string, FlagSpec>;
  /** By letter. */
  readonly short: ReadonlyMap<string, FlagSpec>;
}

type AnyFlag = FlagInput[string];

function optionalValueOf(flag: AnyFlag): OptionalValue | undefined {
  if (!('optionalValue' in flag)) return undefined;
  const value: unknown = flag.optionalValue;
  return isOptionalValue(value) ? value : undefined;
}

function isOptionalValue(value: unknown): value is OptionalValue {
  return typeof value === 'object' && value !== null && 'bare' in value;
}

/** What the grammar has to know of one flag of a command class. */
export function flagSpec(name: string, flag: AnyFlag): FlagSpec {
  const optionalValue = optionalValueOf(flag);
  const option = flag.type === 'option' ? flag : undefined;
  const kind = isPairFlag(flag) ? 'pair' : optionalValue === undefined ? 'value' : 'optional';
  return {
    name,
    kind: flag.type === 'boolean' ? 'boolean' : kind,
    multiple: option?.multiple === true,
    negatable: flag.type === 'boolean' && flag.allowNo,
    hidden: flag.hidden === true,
    options: option?.options,
    exclusive: flag.exclusive ?? [],
    optionalValue,
  };
}

function lettersOf(flag: AnyFlag): readonly string[] {
  const letters: readonly string[] = flag.charAliases ?? [];
  return flag.char === undefined ? letters : [flag.char, ...letters];
}

/** The table of a command's flags. A command's own flag goes before a global one with the same letter (C-11). */
export function flagTable(own: FlagInput, global: FlagInput): FlagTable {
  const long = new Map<string, FlagSpec>();
  const short = new Map<string, FlagSpec>();
  for (const flags of [global, own]) {
    for (const [name, flag] of Object.entries(flags)) {
      if (flags === global && Object.hasOwn(own, name)) continue;
      const spec = flagSpec(name, flag);
      for (const word of [name, ...(flag.aliases ?? [])]) long.set(word, spec);
      for (const letter of lettersOf(flag)) short.set(letter, spec);
    }
  }
  return { long, short };
}
