/** A container image name in parts (action-interface.md §2). */
export interface ImageName {
  readonly registry?: string;
  readonly prefix?: string;
  readonly name: string;
  readonly tag?: string;
}

/** Stem cells of one memory size. */
export interface StemCells {
  readonly initialCount: number;
  /** MB. */
  readonly memory: number;
  readonly reactive?: {
    readonly minCount: number;
    readonly maxCount: number;
    /** Milliseconds. */
    readonly ttl: number;
    readonly threshold: number;
    readonly increment: number;
  };
}

/** One entry of the runtimes manifest (action-interface.md §2). */
export interface RuntimeKind {
  readonly family: string;
  readonly kind: string;
  readonly default: boolean;
  readonly deprecated: boolean;
  /** `[registry/][prefix/]name[:tag]`. */
  readonly image: string;
  readonly attached: boolean;
  readonly requireMain: boolean;
  readonly sentinelledLogs: boolean;
  readonly stemCells: readonly StemCells[];
}
