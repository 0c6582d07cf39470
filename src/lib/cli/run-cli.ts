import { readCommandLine } from './argv/read-command-line.js';
import type { CommandLine } from './argv/command-line.js';
import { CommandTree } from './argv/command-tree.js';
import { type Destination, locateCommand } from './argv/locate-command.js';
import { UnknownCommandError } from './argv/unknown-command.js';
import { configPath } from '../config/config-file.js';
import { storedSettings, withSettings } from '../config/rt-settings.js';
import { withListSettings } from './argv/list-settings.js';
import { restoreNames } from './argv/shell-paths.js';
import type { CliEnvironment } from './environment.js';
import { globalFlags } from './flags/global.js';
import type { LocalPlatform } from './local-platform.js';
import { type ErrorSurroundings, presentError } from './present-error.js';
import { type OutputStream, ProcessTerminal } from './process-terminal.js';
import type { CommandClass, Program } from './command-table.js';
import type { Prompter } from './prompter.js';
import { Redactor } from './redaction.js';
import { RtConfig } from './rt-config.js';
import {
  type FlagValues,
  hasColors,
  isQuiet,
  maySpeak,
  outputModeOf,
  presentationFlags,
  tracesOf,
} from './run-settings.js';
import type { Session } from './session.js';
import { noProgress, type Progress } from './spinner.js';
import { isOn } from './confirm.js';
import { versionText } from './version-text.js';

/** What a run needs from outside: streams, environment, interruption, and how to ask and to show progress. */
export interface CliSurroundings {
  readonly environment: CliEnvironment;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Aborted by signals (C-63). */
  readonly signal: AbortSignal;
  /** Called by a command that shuts something down in order (C-63). */
  endInOrder(): void;
  createPrompter(allowed: boolean): Prompter;
  createProgress(): Progress;
  createLocalPlatform(program: Program): LocalPlatform;
}

function terminalFor(values: FlagValues, around: CliSurroundings): ProcessTerminal {
  const { stdout, stderr, environment } = around;
  const { env } = environment;
  return new ProcessTerminal({
    stdout,
    stderr,
    quiet: isQuiet(values, env),
    colors: { stdout: hasColors(values, env, stdout), stderr: hasColors(values, env, stderr) },
  });
}

function errorSurroundings(values: FlagValues, around: CliSurroundings): ErrorSurroundings {
  const { env } = around.environment;
  return {
    terminal: terminalFor(values, around),
    output: outputModeOf(values, env, false),
    traces: tracesOf(values, env),
    redactor: new Redactor(),
  };
}

function progressFor(line: CommandLine, around: CliSurroundings): Progress {
  const { env } = around.environment;
  const plain =
    tracesOf(line.values, env).level !== 'off' || isQuiet(line.values, env) || isOn(env.CI) || env.TERM === 'dumb';
  const json = outputModeOf(line.values, env, false).format === 'json';
  return plain || json || around.stderr.isTTY !== true ? noProgress : around.createProgress();
}

function sessionFor(line: CommandLine, command: CommandClass, program: Program, around: CliSurroundings): Session {
  const { environment, stderr, signal } = around;
  const { env, stdin } = environment;
  return {
    terminal: terminalFor(line.values, around),
    environment,
    program,
    catalogue: async () => (await import('./describe-commands.js')).describeCommands(program),
    line,
    output: outputModeOf(line.values, env, Object.hasOwn(command.flags, 'output')),
    traces: tracesOf(line.values, env),
    redactor: new Redactor(),
    local: around.createLocalPlatform(program),
    prompter: around.createPrompter(maySpeak(line.values, env, { stdin, stderr })),
    progress: progressFor(line, around),
    signal,
    endInOrder: () => {
      around.endInOrder();
    },
  };
}

async function showHelp(path: readonly string[], words: readonly string[], run: Run): Promise<number> {
  const { helpFor } = await import('./help/show-help.js');
  const terminal = terminalFor(presentationFlags(words), run.around);
  terminal.answer(await helpFor(run.program, path, terminal.columns));
  return 0;
}

interface Run {
  readonly program: Program;
  readonly around: CliSurroundings;
  readonly settings: ReadonlyMap<string, string>;
}

async function runCommand(id: string, words: readonly string[], run: Run): Promise<number> {
  const load = run.program.commands[id];
  if (load === undefined) throw new Error(`the command ${id} is not in the table`);
  const { default: command } = await load();
  const { flags, baseFlags, args, strict, argumentsNeeded } = command;
  const grammar = { flags, baseFlags, args, strict, argumentsNeeded };
  const typed = withListSettings(readCommandLine(id, words, grammar), run.settings, (defaults) =>
    readCommandLine(id, [...defaults, ...words], grammar),
  );
  const { line, restored } = restoreNames(typed, args, run.around.environment.env);
  if (line.values.get('help') === true) return showHelp(id.split(':'), words, run);
  const session = sessionFor(line, command, run.program, run.around);
  if (restored !== undefined) {
    const remedy = `set MSYS_NO_PATHCONV=1 or write '${restored.slice(1)}'`;
    session.terminal.note(`restored '${restored}' from a path rewritten by the shell; ${remedy}`);
  }
  return new command([...line.words], new RtConfig(session)).execute();
}

function follow(destination: Destination, run: Run): Promise<number> {
  switch (destination.kind) {
    case 'command':
      return runCommand(destination.id, destination.words, run);
    case 'help':
      return showHelp(destination.path, destination.words, run);
    case 'version': {
      const terminal = terminalFor(presentationFlags(destination.words), run.around);
      terminal.answer(versionText(run.program, run.around.environment));
      return Promise.resolve(0);
    }
  }
}

/**
 * Where the line leads. For a mistyped command the user is asked whether the probable one should run instead, if prompts are allowed
 * (C-56).
 */
async function destinationOf(
  argv: readonly string[],
  tree: CommandTree,
  around: CliSurroundings,
): Promise<Destination> {
  try {
    return locateCommand(argv, tree, globalFlags);
  } catch (error) {
    if (!(error instanceof UnknownCommandError) || error.suggestion === undefined) throw error;
    const { environment, stderr } = around;
    const { stdin, env } = environment;
    const prompter = around.createPrompter(maySpeak(presentationFlags(argv), env, { stdin, stderr }));
    const id = error.suggestion;
    const known = tree.ids.has(id) && prompter.allowed;
    if (!known || !(await prompter.confirm(`${error.message}. Run 'rt ${id.replaceAll(':', ' ')}' instead?`)))
      throw error;
    return { kind: 'command', id, words: error.rest };
  }
}

/** What `config set` has stored takes effect where flags and environment say nothing. */
function surroundingsWith(settings: ReadonlyMap<string, string>, around: CliSurroundings): CliSurroundings {
  if (settings.size === 0) return around;
  const { environment } = around;
  return {
    ...around,
    environment: { ...environment, env: withSettings(environment.env, settings) },
    endInOrder: () => {
      around.endInOrder();
    },
  };
}

/** Runs one command line from the words to the exit status. Never rejects; writes to nothing but the streams it is given. */
export async function runCli(argv: readonly string[], program: Program, outer: CliSurroundings): Promise<number> {
  const settings = storedSettings(configPath(outer.environment));
  const around = surroundingsWith(settings, outer);
  try {
    const tree = new CommandTree(new Set(Object.keys(program.commands)));
    const destination = await destinationOf(argv, tree, around);
    return await follow(destination, { program, around, settings });
  } catch (error) {
    return presentError(error, errorSurroundings(presentationFlags(argv), around));
  }
}
