import type { CommandLine } from './argv/command-line.js';
import type { CommandCatalogue } from './command-catalogue.js';
import type { CliEnvironment } from './environment.js';
import type { LocalPlatform } from './local-platform.js';
import type { OutputMode } from './output-mode.js';
import type { ProgramFacts } from './program.js';
import type { Prompter } from './prompter.js';
import type { Redactor } from './redaction.js';
import type { Progress } from './spinner.js';
import type { Terminal } from './terminal.js';
import type { Traces } from './traces.js';

/** Everything one run of one command works with; made once in `main`. */
export interface Session {
  readonly terminal: Terminal;
  readonly environment: CliEnvironment;
  readonly program: ProgramFacts;
  /** Describes every command of the program; loads each of them. */
  readonly catalogue: () => Promise<CommandCatalogue>;
  /** The command line after the grammar of §2: canonical words, and the problems found. */
  readonly line: CommandLine;
  readonly output: OutputMode;
  readonly traces: Traces;
  /** Hides secrets in everything besides the answer. */
  readonly redactor: Redactor;
  /** The local platform, for reading its state and starting it on demand. */
  readonly local: LocalPlatform;
  readonly prompter: Prompter;
  readonly progress: Progress;
  /** Aborted by SIGINT and SIGTERM (C-63). */
  readonly signal: AbortSignal;
  /** For a command that has something to shut down in order: the first signal then only aborts, the second still ends at once (C-63). */
  readonly endInOrder: () => void;
}
