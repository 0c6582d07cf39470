import type { Container } from '../containers/container.js';
import type { ContainerFactory, ContainerRequest, KindAvailability } from '../containers/container-factory.js';

/**
 * A factory that can begin a container before anybody asks for it, while the rest of the platform loads; the first request for the same thing
 * gets it (performance.md §4, 1).
 */
export class HeadStart implements ContainerFactory {
  private early: { readonly key: string; readonly container: Promise<Container> } | undefined;

  constructor(private readonly deps: { readonly factory: ContainerFactory }) {}

  get driver(): string {
    return this.deps.factory.driver;
  }

  /** Resolves when the container exists, or has failed: that is for whoever asks for it. */
  async begin(request: ContainerRequest): Promise<void> {
    const container = this.deps.factory.create(request);
    this.early = { key: keyOf(request), container };
    await container.then(
      () => undefined,
      () => undefined,
    );
  }

  create(request: ContainerRequest): Promise<Container> {
    const { early } = this;
    if (early?.key !== keyOf(request)) return this.deps.factory.create(request);
    this.early = undefined;
    return early.container;
  }

  availability(kind: string): Promise<KindAvailability> {
    return this.deps.factory.availability(kind);
  }

  dispose(): Promise<void> {
    return this.deps.factory.dispose();
  }
}

/** The purpose is only a name. */
function keyOf({ kind, memory, environment }: ContainerRequest): string {
  return JSON.stringify([kind, memory, Object.entries(environment).sort()]);
}
