import { defaultActionLimits } from '../entity/limits.js';
import { PlatformError } from '../errors/client-errors.js';
import type { PoolConfig, Prewarm } from '../invoker/pool-config.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { PlatformOptions } from './launcher/platform-options.js';

/** Milliseconds after which an idle container is paused where the driver can (action-interface.md §5.1). */
const pauseGrace = 10_000;

/** Most activations and bytes of arguments that wait (RS-165). */
const queue = { queueLimit: 1_000, queueBytes: 64 * 1024 * 1024 };

/**
 * How the container pool of a local platform behaves. The stem cells are those of `--prewarm`, else those that the runtimes manifest wishes
 * (action-interface.md §2), else one of the default kind, so that the first invocation does not wait for a process (performance.md §4, 4).
 */
export function poolSettings(options: PlatformOptions, manifest: RuntimeManifest): PoolConfig {
  return {
    poolMemory: options.pool,
    pauseGrace,
    idleTime: options.idle,
    prewarm: stemCells(options, manifest),
    keepStemCells: true,
    ...queue,
  };
}

function stemCells(options: PlatformOptions, manifest: RuntimeManifest): Prewarm[] {
  if (options.prewarm.length > 0) return chosenStemCells(options, manifest);
  const wished = wishedStemCells(manifest);
  return wished.length > 0 ? wished : defaultStemCell(manifest);
}

function wishedStemCells(manifest: RuntimeManifest): Prewarm[] {
  const usable = manifest.kinds().filter(({ deprecated }) => !deprecated);
  return usable.flatMap(({ kind, stemCells }) =>
    stemCells.map(({ memory, initialCount }) => ({ kind, memory, count: initialCount })),
  );
}

function defaultStemCell(manifest: RuntimeManifest): Prewarm[] {
  const kind = manifest.resolve('nodejs:default');
  return kind === undefined ? [] : [{ kind: kind.kind, memory: defaultActionLimits.memory, count: 1 }];
}

function chosenStemCells({ prewarm }: PlatformOptions, manifest: RuntimeManifest): Prewarm[] {
  return prewarm.map(({ kind, count }) => {
    const known = manifest.resolve(kind);
    if (known === undefined) {
      throw new PlatformError(`--prewarm: the runtimes manifest has no kind '${kind}'`, { hint: 'rt kind list' });
    }
    return { kind: known.kind, memory: defaultActionLimits.memory, count };
  });
}
