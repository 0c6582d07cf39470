import { custom } from '@oclif/core/flags';

/** How a flag that may stand without a value decides about the word after it. */
export interface OptionalValue {
  /** Value of the bare flag. */
  readonly bare: string;
  /** Whether the flag takes the next word, given how many positional words stood before it. Without it only `--flag=VALUE` has a value. */
  takes?(word: string, positionals: number): boolean;
}

/**
 * A flag with an optional value, for example `--web` or `--sequence` (C-38 to C-40): `--flag=VALUE` always has one, `--flag WORD` when
 * `optionalValue.takes` agrees. Words that begin with `-` are never taken.
 */
export const optionalValueFlag = custom<string, { optionalValue: OptionalValue }>({});
