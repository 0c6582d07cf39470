import { existsSync } from 'node:fs';
import type { Clock } from '../../entity/clock.js';
import type { BuildCache } from './build/build-cache.js';
import type { BuildTools } from './build/build-tools.js';
import type { Guardian } from './guardian.js';
import type { FoundInterpreter } from './languages/language.js';
import { type RuntimeCommand, RuntimeProcess } from './runtime-process.js';
import type { ContainerWatch } from './sandbox/limit-watch.js';
import type { Sandbox } from './sandbox/sandbox.js';
import type { StreamCollector } from '../stream-collector.js';

/** What a runtime is started with. */
export interface RuntimeStart {
  readonly interpreter: FoundInterpreter;
  readonly box: string;
  /** Folder of the launchers. */
  readonly launchers: string;
  /** Folders with packages that actions of node can require. */
  readonly modules: readonly string[];
  /** MB. */
  readonly memory: number;
  /** Variables of the container itself, `__OW_…` and, for images of users, `OW_…`. */
  readonly container: Readonly<Record<string, string>>;
  /** The whole environment, given the variables of the language. */
  readonly environment: (language: Readonly<Record<string, string>>) => Record<string, string>;
  readonly collector: Pick<StreamCollector, 'attach' | 'note'>;
  readonly clock: Clock;
  readonly guardian: Pick<Guardian, 'watch' | 'forget'>;
  readonly sandbox: Sandbox;
  readonly watch: ContainerWatch;
  readonly builds: BuildCache;
  readonly tools: BuildTools;
  readonly onViolation: (message: string) => void;
}

/** A process of a container. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables of the language. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly requestsOnStdin?: boolean;
  /** MB of memory that the runtime needs besides what the action may use. */
  readonly overhead?: number;
  /** Whether stdout is somebody else's to read. */
  readonly ownsStdout?: boolean;
}

/** MB that the kernel grants a runtime besides what its action may use (RS-501). */
const usualOverhead = 64;

/** Starts a process of a container: in its sandbox, its output collected, watched by the guardian. */
export async function launchProcess(start: RuntimeStart, launch: Launch): Promise<RuntimeProcess> {
  const { collector, guardian, sandbox, watch, memory, box } = start;
  const command: RuntimeCommand = {
    program: launch.program,
    args: launch.args,
    cwd: launch.cwd,
    environment: start.environment(launch.environment ?? {}),
    requestsOnStdin: launch.requestsOnStdin ?? false,
  };
  const overhead = (launch.overhead ?? usualOverhead) + (start.interpreter.reserved ?? 0);
  const process = await RuntimeProcess.start(await sandbox.wrap(command, { memory, overhead, box }));
  watch.add(process);
  if (launch.ownsStdout !== true) collector.attach('stdout', process.output.stdout);
  collector.attach('stderr', process.output.stderr);
  guardian.watch(process.pid);
  void process.exited.then(() => {
    guardian.forget(process.pid);
  });
  return process;
}

/** The file; throws with a text for the user when this file of the program is not there any more. */
export function requireLauncher(file: string): string {
  if (existsSync(file)) return file;
  throw new Error(`${file} is missing, perhaps rt was updated or removed; restart the local platform`);
}
