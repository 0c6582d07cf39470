import type { UsageError } from '../../errors/client-errors.js';

/** A command line after the grammar of §2. */
export interface CommandLine {
  /** Id of the command with colons, `action:create`. */
  readonly id: string;
  /** Flags as canonical `--name` words with their values, then `--`, then the positional words. */
  readonly words: readonly string[];
  readonly positionals: readonly string[];
  /** Last value of every flag that is not a pair, by name; booleans as `true` and `false`. */
  readonly values: ReadonlyMap<string, string | boolean>;
  /** Everything wrong with the line, in order (C-59). */
  readonly problems: readonly UsageError[];
}
