import type { ContainerProxy } from './container-proxy.js';
import type { ContainerBinding } from './pool-job.js';

/** Which kind of container a stem cell is. */
export interface StemCellKind {
  readonly kind: string;
  readonly image: string;
  /** MB. */
  readonly memory: number;
}

/** The containers of the pool, found by what they can be used for. */
export class ContainerRegister {
  private readonly proxies = new Set<ContainerProxy>();
  private readonly unbound = new Set<ContainerProxy>();
  private readonly byKey = new Map<string, Set<ContainerProxy>>();
  private readonly byOwner = new Map<string, Set<ContainerProxy>>();
  private total = 0;

  /** MB of all containers, those on their way in and out included. */
  get memory(): number {
    return this.total;
  }

  /** MB that become free without anybody doing anything. */
  get memoryOnItsWay(): number {
    return this.all().reduce((sum, proxy) => (proxy.isGoing ? sum + proxy.request.memory : sum), 0);
  }

  /** Every container. */
  all(): ContainerProxy[] {
    return [...this.proxies];
  }

  /** A new container, not yet of any action. */
  add(proxy: ContainerProxy): void {
    this.proxies.add(proxy);
    this.unbound.add(proxy);
    this.total += proxy.request.memory;
  }

  /** Notes which action a container belongs to from now on. */
  bind(proxy: ContainerProxy, { key, owner }: ContainerBinding): void {
    if (!this.unbound.delete(proxy)) return;
    addTo(this.byKey, key, proxy);
    addTo(this.byOwner, owner, proxy);
  }

  /** Forgets a container that is gone. */
  remove(proxy: ContainerProxy): void {
    if (!this.proxies.delete(proxy)) return;
    this.total -= proxy.request.memory;
    this.unbound.delete(proxy);
    if (proxy.binding === undefined) return;
    removeFrom(this.byKey, proxy.binding.key, proxy);
    removeFrom(this.byOwner, proxy.binding.owner, proxy);
  }

  /** The container of an action that can start a job soonest; of several the one used last, so that others can age. */
  warm(key: string, slots: number): ContainerProxy | undefined {
    let best: ContainerProxy | undefined;
    for (const proxy of this.byKey.get(key) ?? []) {
      if (proxy.accepts(slots) && (best === undefined || isBetter(proxy, best))) best = proxy;
    }
    return best;
  }

  /** Whether a container of the action has work now and will take more when that has ended. */
  hasRunning(key: string): boolean {
    return [...(this.byKey.get(key) ?? [])].some(({ willBeFree }) => willBeFree);
  }

  /** A stem cell, or else one that is being created. */
  stemCell(wanted: StemCellKind): ContainerProxy | undefined {
    const fitting = this.stemCellsOf(wanted);
    return fitting.find((proxy) => proxy.stateName === 'stem cell') ?? fitting[0];
  }

  /** All stem cells of one kind, those that are being created included. */
  stemCellsOf({ kind, image, memory }: StemCellKind): ContainerProxy[] {
    return [...this.unbound].filter(
      ({ request, stateName, isUnclaimed }) =>
        (stateName === 'stem cell' || isUnclaimed) &&
        request.kind === kind &&
        request.image === image &&
        request.memory === memory,
    );
  }

  /** Containers of the same action, whatever their revision. */
  ofOwner(owner: string): ContainerProxy[] {
    return [...(this.byOwner.get(owner) ?? [])];
  }

  /** Idle containers of actions, the one that was idle longest first. */
  idle(): ContainerProxy[] {
    return this.all()
      .filter(({ isIdle }) => isIdle)
      .sort((a, b) => a.lastUsed - b.lastUsed);
  }

  /** Stem cells that are there, the oldest first. */
  unusedStemCells(): ContainerProxy[] {
    return [...this.unbound].filter(({ stateName }) => stateName === 'stem cell');
  }
}

const order = ['ready', 'running', 'initializing', 'starting', 'resuming', 'pausing', 'paused'];

function isBetter(proxy: ContainerProxy, than: ContainerProxy): boolean {
  const difference = order.indexOf(proxy.stateName) - order.indexOf(than.stateName);
  return difference < 0 || (difference === 0 && proxy.lastUsed > than.lastUsed);
}

function addTo(index: Map<string, Set<ContainerProxy>>, name: string, proxy: ContainerProxy): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, new Set([proxy]));
  else known.add(proxy);
}

function removeFrom(index: Map<string, Set<ContainerProxy>>, name: string, proxy: ContainerProxy): void {
  const known = index.get(name);
  known?.delete(proxy);
  if (known?.size === 0) index.delete(name);
}
