import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../entity/clock.js';
import { ActionLoopProxy } from './action-loop-proxy.js';
import { layOutSource } from './action-source.js';
import type { Guardian } from './guardian.js';
import type { Interpreter, Interpreters } from './interpreters.js';
import { loopLanguages, type LoopLanguage } from './loop-language.js';
import { prepareNodeInit } from './node-init.js';
import { NodeProxy } from './node-proxy.js';
import { RuntimeProcess } from './runtime-process.js';
import type { RuntimeProxy } from './runtime-proxy.js';
import type { StreamCollector } from '../stream-collector.js';

/** What a runtime is started with. */
interface RuntimeStart {
  /** The interpreter. */
  readonly program: string;
  readonly box: string;
  readonly launchers: string;
  readonly modules: readonly string[];
  /** MB. */
  readonly memory: number;
  /** The whole environment, given the variables of the language. */
  readonly environment: (language: Readonly<Record<string, string>>) => Record<string, string>;
  readonly collector: Pick<StreamCollector, 'attach' | 'note'>;
  readonly clock: Clock;
  readonly guardian: Pick<Guardian, 'watch' | 'forget'>;
  readonly onViolation: (message: string) => void;
}

/** How runtimes of one family come to be. */
export interface RuntimeStarter {
  interpreter(interpreters: Interpreters, kind: string): Promise<Interpreter>;
  start(options: RuntimeStart): Promise<RuntimeProxy>;
}

/** MB that node needs besides its heap, and the smallest heap that starts (action-interface.md §3.1). */
const nodeOverhead = 40;
const smallestHeap = 64;

/** The starter of a family; undefined when this driver cannot run it. */
export function findRuntimeStarter(family: string): RuntimeStarter | undefined {
  if (family === 'nodejs') return nodeStarter;
  const language = loopLanguages.find((candidate) => candidate.family === family);
  return language === undefined ? undefined : loopStarter(language);
}

const nodeStarter: RuntimeStarter = {
  interpreter: (interpreters, kind) => interpreters.node(kind),
  async start(options) {
    const heap = Math.max(smallestHeap, options.memory - nodeOverhead);
    const flags = ['--expose-gc', `--max-old-space-size=${String(heap)}`];
    const process = await startLauncher(options, { launcher: 'nodejs.cjs', flags, args: options.modules });
    const { clock, onViolation, box } = options;
    return new NodeProxy({ process, clock, onViolation, prepareInit: prepareNodeInit(box) });
  },
};

function loopStarter(language: LoopLanguage): RuntimeStarter {
  return {
    interpreter: (interpreters, kind) => language.interpreter(interpreters, kind),
    async start(options) {
      const { clock, onViolation, box, collector } = options;
      const { launcher, args: flags, environment } = language;
      const start = (): Promise<RuntimeProcess> => startLauncher(options, { launcher, flags, environment });
      const stemCell = language.prestart ? await start() : undefined;
      let uploads = 0;
      return new ActionLoopProxy({
        clock,
        onViolation,
        stemCell,
        start,
        layOut: async (request) => {
          uploads += 1;
          const folder = join(box, `action-${String(uploads)}`);
          await layOutSource(request, language, folder);
          return folder;
        },
        note: (stream, text) => {
          collector.note(stream, text);
        },
      });
    },
  };
}

interface Launch {
  readonly launcher: string;
  readonly flags: readonly string[];
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

async function startLauncher(options: RuntimeStart, launch: Launch): Promise<RuntimeProcess> {
  const file = join(options.launchers, launch.launcher);
  await access(file).catch(() => {
    throw new Error(`${file} is missing, perhaps rt was updated or removed; restart the local platform`);
  });
  const process = await RuntimeProcess.start({
    program: options.program,
    args: [...launch.flags, file, ...(launch.args ?? [])],
    cwd: options.box,
    environment: options.environment(launch.environment ?? {}),
  });
  options.collector.attach('stdout', process.output.stdout);
  options.collector.attach('stderr', process.output.stderr);
  options.guardian.watch(process.pid);
  void process.exited.then(() => {
    options.guardian.forget(process.pid);
  });
  return process;
}
