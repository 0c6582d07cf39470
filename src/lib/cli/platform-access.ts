import type { PlatformLauncher } from '../platform/launcher/launcher.js';
import type { CliEnvironment } from './environment.js';
import { isolationNote } from './isolation-note.js';
import type { LocalPlatform, LocalState, StartedPlatform } from './local-platform.js';
import type { ProgramFacts } from './program.js';

/** Milliseconds until a platform that is started on demand must be ready. */
const startPatience = 30_000;

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
    const [{ autostartAutoStop, defaultPlatformOptions }, { givenOptions }] = await Promise.all([
      import('../platform/launcher/platform-options.js'),
      import('../platform/launcher/given-options.js'),
    ]);
    const launcher = await this.launcher();
    const { state, started, replaced } = await launcher.ensure({
      ...defaultPlatformOptions,
      ...givenOptions({}, this.deps.environment),
      autoStop: autostartAutoStop,
    });
    const notes = [
      ...(replaced === undefined ? [] : [`the local platform ${replaced} was replaced by ${state.version}`]),
      ...(started && state.firstUse && state.driver === 'process' ? [isolationNote(state)] : []),
      ...(started && state.driverNote !== undefined ? [state.driverNote] : []),
    ];
    return { state, notes };
  }

  private async launcher(): Promise<PlatformLauncher> {
    const [{ PlatformLauncher }, { launcherDeps }] = await Promise.all([
      import('../platform/launcher/launcher.js'),
      import('../platform/launcher/launcher-deps.js'),
    ]);
    const { environment, program } = this.deps;
    return new PlatformLauncher(launcherDeps(environment, program, startPatience));
  }
}
