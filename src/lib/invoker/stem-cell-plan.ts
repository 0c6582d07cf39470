import type { Clock } from '../entity/clock.js';
import type { StemCells } from '../runtime-manifest/runtime-kind.js';
import type { StemCellKind } from './container-register.js';
import type { KindSource, Prewarm } from './pool-config.js';

/** Milliseconds between two rounds (action-interface.md §5.3). A kind not used for so long gets no stem cell. */
export const roundInterval = 600_000;

/** Collaborators and settings of the plan. */
export interface StemCellPlanDeps {
  readonly prewarm: readonly Prewarm[];
  readonly keepStemCells: boolean;
  readonly manifest: KindSource;
  readonly clock: Clock;
}

interface Entry {
  readonly cell: StemCellKind;
  /** How many are wanted whether or not the kind was used lately. */
  base: number;
  readonly reactive: StemCells['reactive'];
  coldStarts: number;
  /** Monotonic milliseconds. */
  lastUsed: number;
  /** Its creation failed; not tried again in this round. */
  failed: boolean;
}

/** How many stem cells of which kind and memory size are wanted (§5.3, performance.md §4.4). */
export class StemCellPlan {
  private readonly entries = new Map<string, Entry>();
  /** By the requests of actions, which are the same for all of their activations. */
  private readonly found = new WeakMap<StemCellKind, Entry>();

  constructor(private readonly deps: StemCellPlanDeps) {
    for (const { kind, memory, count } of deps.prewarm) {
      const runtime = deps.manifest.resolve(kind);
      if (runtime !== undefined) this.entry({ kind: runtime.kind, image: runtime.image, memory }).base += count;
    }
  }

  /** Notes that an action of this kind and size was invoked. */
  used(cell: StemCellKind): void {
    const entry = this.found.get(cell) ?? this.entry(cell);
    this.found.set(cell, entry);
    entry.lastUsed = this.deps.clock.monotonic();
  }

  /** Notes that no stem cell was there when one was needed. */
  coldStart(cell: StemCellKind): void {
    this.entry(cell).coldStarts += 1;
  }

  /** Notes that a stem cell could not be created. */
  failed(cell: StemCellKind): void {
    this.entry(cell).failed = true;
  }

  /** The kinds of which more are wanted than `count` says there are. */
  missing(count: (cell: StemCellKind) => number): StemCellKind[] {
    const entries = [...this.entries.values()].filter((entry) => !entry.failed);
    return entries.filter((entry) => count(entry.cell) < this.wanted(entry)).map(({ cell }) => cell);
  }

  /** How many of a kind are wanted now. */
  wantedOf(cell: StemCellKind): number {
    return this.wanted(this.entry(cell));
  }

  /** Milliseconds after which a stem cell of the kind is replaced or given up; Infinity without a `ttl`. */
  timeToLive(cell: StemCellKind): number {
    return this.entry(cell).reactive?.ttl ?? Infinity;
  }

  /** Ends a round: reactive kinds get as many as their cold starts since the last round call for (§5.3). */
  endRound(): void {
    for (const entry of this.entries.values()) {
      entry.failed = false;
      if (entry.reactive === undefined) continue;
      const { minCount, maxCount, threshold, increment } = entry.reactive;
      entry.base = Math.min(Math.max(minCount, Math.floor(entry.coldStarts / threshold) * increment), maxCount);
      entry.coldStarts = 0;
    }
  }

  private wanted({ base, lastUsed }: Entry): number {
    const usedLately = this.deps.keepStemCells && this.deps.clock.monotonic() - lastUsed < roundInterval;
    return Math.max(base, usedLately ? 1 : 0);
  }

  private entry(cell: StemCellKind): Entry {
    const name = `${cell.image} ${String(cell.memory)} ${cell.kind}`;
    const known = this.entries.get(name);
    if (known !== undefined) return known;
    const { kind, image, memory } = cell;
    const inManifest = this.deps.manifest.resolve(kind)?.stemCells.find((cells) => cells.memory === memory);
    const reactive = inManifest?.reactive;
    const entry: Entry = {
      cell: { kind, image, memory },
      base: 0,
      reactive,
      coldStarts: 0,
      lastUsed: -Infinity,
      failed: false,
    };
    this.entries.set(name, entry);
    return entry;
  }
}
