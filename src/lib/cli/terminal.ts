/** The roles that text can have; which colour a role gets is decided in one place. */
export interface Palette {
  name(text: string): string;
  ok(text: string): string;
  error(text: string): string;
  warning(text: string): string;
  hint(text: string): string;
  dim(text: string): string;
}

/**
 * The only way to the process streams (C-42): the answer goes to stdout, everything else to stderr. Tests give one that records.
 */
export interface Terminal {
  readonly palette: Palette;
  /** Whether stdout is a terminal. */
  readonly interactive: boolean;
  /** Width of the terminal, 80 without one. */
  readonly columns: number;
  readonly quiet: boolean;
  /** A line (or lines) of the answer, to stdout. */
  answer(text: string): void;
  /** Answer text, or bytes, exactly as it is: no newline added, nothing escaped. */
  raw(data: string | Uint8Array): void;
  /** A success line such as `ok: created action hello`: stdout, dropped by `--quiet` (C-44). */
  ok(text: string): void;
  /** `note: …` on stderr, dropped by `--quiet`. */
  note(text: string): void;
  /** `warning: …` on stderr, dropped by `--quiet`. */
  warn(text: string): void;
  /** Any line on stderr, kept with `--quiet`: errors, hints, output of a failed action. */
  diagnostic(text: string): void;
}
