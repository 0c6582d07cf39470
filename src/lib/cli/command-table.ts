import type { Command } from '@oclif/core/command';
import type { ArgInput, FlagInput } from '@oclif/core/interfaces';
import type { ProgramFacts } from './program.js';
import type { RtCommand } from './rt-command.js';
import type { RtConfig } from './rt-config.js';

/** A concrete command class: metadata as statics, one instance per run. */
export interface CommandClass {
  new (argv: string[], config: RtConfig): RtCommand;
  readonly summary?: string | undefined;
  readonly description: string | undefined;
  readonly flags: FlagInput;
  readonly baseFlags: FlagInput;
  readonly args: ArgInput;
  readonly strict: boolean;
  readonly examples: Command.Example[];
  readonly argumentsNeeded: string | undefined;
  readonly related: readonly string[];
}

/** Loads the module of one command; called only for the command that runs. */
export type CommandLoader = () => Promise<{ readonly default: CommandClass }>;

/** The whole program: made by the build script, or by a directory scan in development. */
export interface Program extends ProgramFacts {
  /** Command ids with colons (`action:create`) and how to load each. */
  readonly commands: Readonly<Record<string, CommandLoader>>;
}
