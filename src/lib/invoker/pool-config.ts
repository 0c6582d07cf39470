import type { RuntimeKind } from '../runtime-manifest/runtime-kind.js';

/** Stem cells that are always kept. */
export interface Prewarm {
  readonly kind: string;
  /** MB. */
  readonly memory: number;
  readonly count: number;
}

/** How the container pool behaves (action-interface.md §5.1, §5.3; RS-165). */
export interface PoolConfig {
  /** MB that all containers together may have. */
  readonly poolMemory: number;
  /** Milliseconds after its last activation until a container is paused. */
  readonly pauseGrace: number;
  /** Milliseconds after its last activation until a container is removed. */
  readonly idleTime: number;
  readonly prewarm: readonly Prewarm[];
  /** Whether one stem cell is kept for each kind and memory size that was used lately. */
  readonly keepStemCells: boolean;
  /** Most activations that may wait. */
  readonly queueLimit: number;
  /** Most bytes of arguments that may wait. */
  readonly queueBytes: number;
}

/** The part of the runtimes manifest that the invoker needs. */
export interface KindSource {
  resolve(kind: string): RuntimeKind | undefined;
}
