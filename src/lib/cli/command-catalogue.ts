/** A positional word of a command. */
export interface ArgumentEntry {
  readonly name: string;
  readonly required: boolean;
}

/** A flag as tools see it. */
export interface FlagEntry {
  readonly name: string;
  /** The letter for the short form. */
  readonly char?: string;
  /** `pair` takes two words, `optional` takes a value only with `=`. */
  readonly type: 'boolean' | 'value' | 'pair' | 'optional';
  readonly summary: string;
  /** Other names, without dashes. */
  readonly aliases?: readonly string[];
  readonly options?: readonly string[];
  readonly multiple?: true;
  /** `--no-NAME` exists. */
  readonly negatable?: true;
}

/** A command as tools see it. */
export interface CommandEntry {
  /** Words with blanks, `action create`. */
  readonly command: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly args: readonly ArgumentEntry[];
  readonly flags: readonly FlagEntry[];
}

/** Everything that can be typed: for `rt commands`, for tools, and for the snapshot in the tests. */
export interface CommandCatalogue {
  readonly commands: readonly CommandEntry[];
  /** The flags that every command has. */
  readonly globalFlags: readonly FlagEntry[];
}
