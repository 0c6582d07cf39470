import { ConfigError } from '../errors/client-errors.js';
import type { PlatformLauncher } from '../platform/launcher/launcher.js';
import type { PlatformOptions } from '../platform/launcher/platform-options.js';
import type { CliEnvironment } from './environment.js';
import { parseWhole } from './flags/units.js';
import { isolationNote } from './isolation-note.js';
import type { LocalPlatform, LocalState, StartedPlatform } from './local-platform.js';
import type { ProgramFacts } from './program.js';

/** Milliseconds until a platform that is started on demand must be ready. */
const startPatience = 30_000;

function portOf(text: string | undefined): Partial<PlatformOptions> {
  if (text === undefined || text === '') return {};
  const port = parseWhole(text);
  if (port === undefined || port > 65_535) throw new ConfigError(`RT_PLATFORM_PORT is '${text}', not a port number`);
  return { port };
}

function hostOf(text: string | undefined): Partial<PlatformOptions> {
  return text === undefined || text === '' ? {} : { host: text };
}

/** The local platform through its state file and its launcher. Both are loaded when they are asked, the launcher only for a start. */
export class PlatformAccess implements LocalPlatform {
  constructor(
    private readonly deps: {
      readonly environment: CliEnvironment;
      readonly program: ProgramFacts;
    },
  ) {}

  async read(): Promise<LocalState | undefined> {
    const [{ platformPaths }, { platformProtocol, readPlatformState }] = await Promise.all([
      import('../platform/platform-paths.js'),
      import('../platform/state-file.js'),
    ]);
    const state = readPlatformState(platformPaths(this.deps.environment));
    return state?.protocol === platformProtocol ? state : undefined;
  }

  async ensure(): Promise<StartedPlatform> {
    const { env } = this.deps.environment;
    const { autostartAutoStop, defaultPlatformOptions } = await import('../platform/launcher/platform-options.js');
    const launcher = await this.launcher();
    const { state, started, replaced } = await launcher.ensure({
      ...defaultPlatformOptions,
      ...portOf(env.RT_PLATFORM_PORT),
      ...hostOf(env.RT_PLATFORM_HOST),
      autoStop: autostartAutoStop,
    });
    const notes = [
      ...(replaced === undefined ? [] : [`the local platform ${replaced} was replaced by ${state.version}`]),
      ...(started && state.firstUse && state.driver === 'process' ? [isolationNote(state)] : []),
    ];
    return { state, notes };
  }

  private async launcher(): Promise<PlatformLauncher> {
    const [{ PlatformLauncher }, { platformPaths }, { platformProgram }] = await Promise.all([
      import('../platform/launcher/launcher.js'),
      import('../platform/platform-paths.js'),
      import('../platform/launcher/platform-program.js'),
    ]);
    const { environment, program } = this.deps;
    return new PlatformLauncher({
      paths: platformPaths(environment),
      program: platformProgram(environment.execPath),
      version: program.version,
      environment: environment.env,
      user: environment.user,
      clock: environment.clock,
      wait: startPatience,
    });
  }
}
