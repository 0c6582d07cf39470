import type { LimitsDocument } from '../entity/namespace-limits.js';

/** One live runtime in `rt platform ps`. */
export interface RuntimeRow {
  readonly id: string;
  /** Process or container id of the driver. */
  readonly driverId: string;
  readonly kind: string;
  /** `ns/[pkg/]name`; absent on stem cells. */
  readonly action?: string;
  readonly state: string;
  /** MB. */
  readonly memory: number;
  /** Seconds. */
  readonly age: number;
  readonly activations: number;
}

/** What a running platform says about itself: the document of `rt platform status --json` without `running`. */
export interface PlatformStatus {
  readonly url: string;
  readonly pid: number;
  readonly instanceId: string;
  readonly version: string;
  readonly driver: string;
  /** What separates actions from the user's account (reliability-and-security.md §1.5). */
  readonly isolation: string;
  /** The container engine behind the driver, where there is one. */
  readonly engine?: { readonly address: string; readonly answering: boolean; readonly fault?: string };
  /** Epoch milliseconds. */
  readonly started: number;
  /** Seconds. */
  readonly uptime: number;
  /** False from the moment when it begins to stop. */
  readonly ready: boolean;
  /** Activations running or waiting. */
  readonly inFlight: number;
  readonly store: {
    /** Absent when nothing is kept. */
    readonly folder?: string;
    /** Bytes on disk. */
    readonly entities: number;
    readonly activations: number;
  };
  readonly runtimes: { readonly idle: number; readonly busy: number; readonly stemCells: number };
  readonly memory: {
    /** Bytes that the platform process itself uses. */
    readonly platform: number;
    /** MB given to runtimes, and the most that may be given. */
    readonly runtimes: number;
    readonly pool: number;
  };
  /** What the operator set for namespaces, as given with `--limits`; absent when nothing is limited. */
  readonly limits?: LimitsDocument;
}

/** Whether the driver can run a kind on this machine: how, or what is missing. */
export type KindAvailabilityRow =
  | { readonly kind: string; readonly available: true; readonly detail: string }
  | { readonly kind: string; readonly available: false; readonly missing: string };
