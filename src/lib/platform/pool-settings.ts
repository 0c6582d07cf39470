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
 * How the container pool of a local platform behaves. Without `--prewarm` it keeps one stem cell of the default kind, so that the first
 * invocation does not wait for a process (performance.md §4, 4).
 */
export function poolSettings(options: PlatformOptions, manifest: RuntimeManifest): PoolConfig {
  return {
    poolMemory: options.pool,
    pauseGrace,
    idleTime: options.idle,
    prewarm: options.prewarm.length === 0 ? defaultStemCell(manifest) : chosenStemCells(options, manifest),
    keepStemCells: true,
    ...queue,
  };
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
