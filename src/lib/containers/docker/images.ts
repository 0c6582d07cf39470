import type { Log } from '../../entity/log.js';
import { ContainerCreationError } from '../container-factory.js';
import type { Engine } from './engine.js';
import { EngineError } from './engine-error.js';
import { withTag } from './image-tag.js';

/** When images are pulled (cli.md §14.1 `--pull`). */
export type PullPolicy = 'always' | 'missing' | 'never';

/** What decides about one image. */
export interface WantedImage {
  readonly name: string;
  /** Whether a user named it: then it is the user's fault when it cannot be had, and `always` means each time (action-interface.md §5.4). */
  readonly named: boolean;
}

/** Milliseconds between two lines of progress in the log. */
const progressInterval = 5_000;

/** Sees to it that images are on the machine. Pulls of the same image at the same time are one. */
export class Images {
  private readonly pulls = new Map<string, Promise<void>>();
  private readonly pulled = new Set<string>();

  constructor(
    private readonly deps: { readonly engine: () => Promise<Engine>; readonly policy: PullPolicy; readonly log: Log },
  ) {}

  /** Pulls the image if the policy wants that; rejects with ContainerCreationError when it is not there in the end. */
  async ensure(image: WantedImage): Promise<void> {
    const engine = await this.deps.engine();
    const present = await engine.imageId(image.name);
    if (!this.mustPull(image, present !== undefined)) {
      if (present === undefined) throw failure(image, notHere(image.name));
      return;
    }
    try {
      await this.pull(engine, image.name);
    } catch (error) {
      const reason = error instanceof EngineError ? error.message : String(error);
      this.deps.log.warn('containers', `${image.name} could not be pulled: ${reason}`);
      // What has a tag of its own and is here already will do; `latest` must be the latest.
      if (present === undefined || (image.named && isLatest(image.name))) throw failure(image, reason);
    }
  }

  private mustPull({ name, named }: WantedImage, present: boolean): boolean {
    if (this.deps.policy === 'never') return false;
    if (!present) return true;
    return this.deps.policy === 'always' && (named || !this.pulled.has(name));
  }

  private pull(engine: Engine, name: string): Promise<void> {
    const underway = this.pulls.get(name);
    if (underway !== undefined) return underway;
    this.deps.log.info('containers', `pulling ${name}`);
    let told = performance.now();
    const pull = engine
      .pull(name, (line) => {
        if (performance.now() - told < progressInterval) return;
        told = performance.now();
        this.deps.log.info('containers', `pulling ${name}: ${line}`);
      })
      .then(() => void this.pulled.add(name))
      .finally(() => this.pulls.delete(name));
    this.pulls.set(name, pull);
    return pull;
  }
}

/** What to do about an image of a kind that is not on the machine. */
function notHere(name: string): string {
  return `the image ${name} is not on this machine and images are not pulled`;
}

function failure({ name, named }: WantedImage, reason: string): ContainerCreationError {
  // The words of OpenWhisk for an image that a user has named (action-interface.md §1.6).
  if (named) return new ContainerCreationError('developer', `Failed to pull container image '${name}'.`);
  return new ContainerCreationError(
    'platform',
    `The image ${name} cannot be had: ${reason}. 'rt kind pull --build' makes one.`,
  );
}

function isLatest(name: string): boolean {
  return withTag(name).endsWith(':latest');
}
