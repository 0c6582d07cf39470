import { join } from 'node:path';
import type { Interpreter, Interpreters } from './interpreters.js';
import { findLanguage } from './languages/table.js';
import { launchProcess, type RuntimeStart, requireLauncher } from './launch.js';
import { startLoop } from './loop-starter.js';
import { NativeProxy } from './native-proxy.js';
import { prepareNodeInit } from './node-init.js';
import { NodeProxy } from './node-proxy.js';
import type { RuntimeProxy } from './runtime-proxy.js';

/** How runtimes of one family come to be. */
export interface RuntimeStarter {
  interpreter(interpreters: Interpreters, kind: string): Promise<Interpreter>;
  start(start: RuntimeStart): Promise<RuntimeProxy>;
}

/** MB that node needs besides its heap, the smallest heap that starts (action-interface.md §3.1), and what the kernel must grant (RS-501). */
const nodeOverhead = 40;
const smallestHeap = 64;
const nodeAllowance = 192;

const skeletonImage = /(^|\/)dockerskeleton(:|$)/;

/** The starter of a family, or for `blackbox` of an image; undefined when this driver cannot run it. */
export function findRuntimeStarter(family: string, image: string): RuntimeStarter | undefined {
  if (family === 'blackbox' && skeletonImage.test(image)) return nativeStarter;
  const language = findLanguage(family, image);
  if (language === undefined) return family === 'nodejs' ? nodeStarter : undefined;
  return {
    interpreter: (interpreters, kind) => language.interpreter(interpreters, kind),
    start: (start) => startLoop(language, start),
  };
}

const nodeStarter: RuntimeStarter = {
  interpreter: (interpreters, kind) => interpreters.node(kind),
  async start(start) {
    const { clock, onViolation, box, memory, launchers, modules, interpreter } = start;
    const heap = Math.max(smallestHeap, memory - nodeOverhead);
    const launcher = requireLauncher(join(launchers, 'nodejs.cjs'));
    const args = ['--expose-gc', `--max-old-space-size=${String(heap)}`, launcher, ...modules];
    const process = await launchProcess(start, {
      ...{ program: interpreter.program, args, cwd: box, overhead: nodeAllowance },
    });
    return new NodeProxy({ process, clock, onViolation, prepareInit: prepareNodeInit(box) });
  },
};

const nativeStarter: RuntimeStarter = {
  interpreter: () => Promise.resolve({ program: '/bin/sh', detail: 'runs executables of this machine' }),
  start: (start) => Promise.resolve(new NativeProxy(start)),
};
