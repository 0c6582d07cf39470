import { Command } from '@oclif/core/command';
import { CLIError } from '@oclif/core/errors';
import type { ArgInput, FlagInput, Input, ParserOutput } from '@oclif/core/interfaces';
import type { WhiskClient } from '../client/whisk-client.js';
import { HttpError, UsageError } from '../errors/client-errors.js';
import { exitStatus } from '../errors/exit-status.js';
import { restoreValues, withoutParserPhrase } from './argv/parser-words.js';
import { together, type Checks, UsageProblems, usageProblems } from './argv/usage-problems.js';
import { valueProblems } from './argv/value-problems.js';
import { confirm } from './confirm.js';
import { nearest } from './did-you-mean.js';
import type { CliEnvironment } from './environment.js';
import { globalFlags } from './flags/global.js';
import type { OutputMode } from './output-mode.js';
import { presentError } from './present-error.js';
import { presentItem, presentResult } from './present-result.js';
import type { Presenter } from './presenter.js';
import type { RtConfig } from './rt-config.js';
import type { Session } from './session.js';
import type { Terminal } from './terminal.js';

/** Parsed flags or arguments by name. */
type Values = Record<string, unknown>;

/**
 * Base of every command: global flags, the terminal, the connection, presentation, and the one place where errors become exit statuses.
 * A command reads its line with `await this.parse(ItsClass)`, calls one operation and hands the result to `present`.
 */
export abstract class RtCommand extends Command {
  /**
   * The global flags. Their values are not part of what `parse` gives: `output`, `connect` and the terminal follow them, and a command may
   * define a flag of the same name with another meaning.
   */
  static override baseFlags: FlagInput<{ help: boolean }> = globalFlags;
  static override flags: FlagInput = {};
  static override examples: Command.Example[] = [];

  /** Completes `Invalid argument(s).` when positional words are missing or too many: `An action name is required.` (C-55). */
  static argumentsNeeded: string | undefined;

  /** Ids of commands that help names under RELATED COMMANDS. */
  static related: readonly string[] = [];

  protected readonly session: Session;
  private status = 0;
  private client: WhiskClient | undefined;

  constructor(argv: string[], config: RtConfig) {
    super(argv, config);
    this.session = config.session;
  }

  /** The only way to the process streams. */
  protected get terminal(): Terminal {
    return this.session.terminal;
  }

  /** Environment variables, working directory, home, stdin, clock. */
  protected get environment(): CliEnvironment {
    return this.session.environment;
  }

  /** How the answer is printed; presenters rarely need it, `present` follows it. */
  protected get output(): OutputMode {
    return this.session.output;
  }

  /** Aborted on SIGINT and SIGTERM; requests of the client follow it by themselves. */
  protected get signal(): AbortSignal {
    return this.session.signal;
  }

  /** Runs the command to its end and gives the exit status. Never rejects. */
  async execute(): Promise<number> {
    await this._run();
    return this.status;
  }

  /**
   * The client of the configured host. The local platform is started when it is the target and does not run (C-18); with `autostart: false`
   * that is a ConfigError instead.
   */
  protected async connect(options: { readonly autostart: boolean } = { autostart: true }): Promise<WhiskClient> {
    if (this.client !== undefined) return this.client;
    const { connect } = await import('./connect.js');
    const client = await connect(this.session, { ownFlags: this.ownFlags(), ...options });
    this.client = client;
    return client;
  }

  /** Prints a result in the form that `--output` asks for (C-49). */
  protected present(presenter: Presenter): Promise<void> {
    return presentResult(presenter, this.session);
  }

  /** Prints one result of many, for commands that go on: with `--json` one object a line (C-49). */
  protected presentItem(presenter: Presenter): Promise<void> {
    return presentItem(presenter, this.session);
  }

  /**
   * Asks before something is destroyed (C-61). Resolves when the user agrees or `agreed` (the command's `--force`) or `--yes` is set.
   * Without a terminal to ask on it rejects with a UsageError made of `what` (`delete 3 actions`).
   */
  protected confirm(what: string, agreed: boolean): Promise<void> {
    return confirm({ what, agreed, session: this.session });
  }

  /** Reads the command line; everything wrong with it is reported together (C-59). */
  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
  ): Promise<ParserOutput<F, B, A>> {
    const { line } = this.session;
    const problems: unknown[] = [...line.problems];
    keepStdin(options?.args ?? {});
    const parsed = await super.parse(options, [...line.words]).catch(async (error: unknown) => {
      const values = await valueProblems(line.words, { ...this.ctor.baseFlags, ...options?.flags });
      problems.push(...values);
      // What oclif itself objects to after the grammar has found something is only a consequence of that.
      if (values.length === 0 && (problems.length === 0 || !(error instanceof CLIError)))
        problems.push(withoutParserPhrase(error));
      return undefined;
    });
    if (parsed === undefined || problems.length > 0) throw usageProblems(problems, line.id);
    restoreValues(parsed.flags);
    return { ...parsed, argv: [...line.positionals] };
  }

  /**
   * Runs checks of one line that do not need each other, and gives their results by name. What is wrong with any of them is reported
   * together (C-59).
   */
  protected async checked<T extends object>(checks: Checks<T>): Promise<T> {
    return together(checks, this.session.line.id);
  }

  /** oclif's own preparation reads and writes process-wide state; nothing of it is needed. */
  protected override init(): Promise<void> {
    return Promise.resolve();
  }

  protected override async catch(error: unknown): Promise<void> {
    const { line, signal } = this.session;
    // What a command objects to after the grammar names the command's help as well.
    const late = error instanceof UsageError && error.showUsage && !(error instanceof UsageProblems);
    const shown = late ? usageProblems([error], line.id) : await this.remedied(error);
    // The user ended it: whatever failed by that is no news (C-63).
    this.status = signal.aborted ? exitStatus.interrupted : presentError(shown, this.session);
  }

  protected override finally(): Promise<void> {
    this.client?.dispose();
    return Promise.resolve();
  }

  /** The error with a hint that a further request gives; near names are looked up for people and on the local platform (C-56, C-57). */
  private async remedied(error: unknown): Promise<unknown> {
    if (!(error instanceof HttpError) || this.client === undefined || this.signal.aborted) return error;
    const { withRemedy } = await import('../client/remedy.js');
    const names = this.terminal.interactive || this.client.connection.local;
    return withRemedy(error, this.client, { nearest, names });
  }

  /** Names of flags that this command defines itself: they say nothing about the connection. */
  private ownFlags(): ReadonlySet<string> {
    return new Set(Object.keys(this.ctor.flags));
  }
}

/** oclif would read stdin for a missing positional word; here only flags that say so read it. */
function keepStdin(args: ArgInput): void {
  for (const arg of Object.values(args)) arg.ignoreStdin = true;
}
