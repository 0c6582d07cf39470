import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../entity/clock.js';

/** What is to be built, and how. */
export interface BuildOrder {
  readonly family: string;
  /** All that the result depends on. */
  readonly key: readonly (string | Buffer)[];
  /** Whether other builds of the family must wait. */
  readonly exclusive: boolean;
  /** Builds into an empty folder; `work` is another one, which is removed afterwards. */
  readonly build: (result: string, work: string) => Promise<void>;
}

interface BuildCacheDeps {
  /** Absolute; made when the first build is ordered. */
  readonly folder: string;
  readonly clock: Clock;
}

/** Bounds of the cache: results, their bytes together, and milliseconds during which a result that was used is kept anyway. */
const maxResults = 100;
const maxBytes = 512 * 1024 * 1024;
const grace = 60_000;

/**
 * Results of builds by the digest of their source, on disk, so that a source is compiled once, however many containers want it and whether
 * or not the platform was started again. Bounded: what was not used for longest goes first. A build goes on when nobody waits for it any more,
 * because the next activation will want it.
 */
export class BuildCache {
  private readonly running = new Map<string, Promise<string>>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private cleaned: Promise<void> | undefined;

  constructor(private readonly deps: BuildCacheDeps) {}

  /** The folder that all builds of a family share. */
  async shared(family: string): Promise<string> {
    const folder = join(this.deps.folder, `${family}-shared`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** The folder with the finished result, not to be changed. Rejects as the build does; nothing is kept then. */
  get(order: BuildOrder): Promise<string> {
    const hash = createHash('sha256');
    for (const part of order.key) hash.update(`${String(part.length)}:`).update(part);
    const name = `${order.family}-${hash.digest('hex').slice(0, 40)}`;
    const known = this.running.get(name);
    if (known !== undefined) return known;
    const wanted = this.findOrBuild(name, order).finally(() => this.running.delete(name));
    this.running.set(name, wanted);
    return wanted;
  }

  private async findOrBuild(name: string, order: BuildOrder): Promise<string> {
    this.cleaned ??= this.clean();
    await this.cleaned;
    const folder = join(this.deps.folder, name);
    const now = new Date(this.deps.clock.now());
    const found = await utimes(folder, now, now).then(
      () => true,
      () => false,
    );
    if (found) return folder;
    await (order.exclusive ? this.enqueue(order.family, () => this.build(folder, order)) : this.build(folder, order));
    await this.evict();
    return folder;
  }

  private enqueue(family: string, build: () => Promise<void>): Promise<void> {
    const turn = (this.queues.get(family) ?? Promise.resolve()).then(build);
    this.queues.set(
      family,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private async build(folder: string, { build }: BuildOrder): Promise<void> {
    const base = join(this.deps.folder, `tmp-${randomBytes(8).toString('hex')}`);
    const [result, work] = [join(base, 'result'), join(base, 'work')];
    try {
      for (const path of [result, work]) await mkdir(path, { recursive: true, mode: 0o700 });
      await build(result, work);
      await rename(result, folder);
    } finally {
      await rm(base, { recursive: true, force: true });
    }
  }

  /** Removes what builds of an earlier platform have left unfinished. */
  private async clean(): Promise<void> {
    const names = await readdir(this.deps.folder).catch(() => []);
    const unfinished = names.filter((name) => name.startsWith('tmp-'));
    await Promise.all(unfinished.map((name) => rm(join(this.deps.folder, name), { recursive: true, force: true })));
  }

  private async evict(): Promise<void> {
    const { folder, clock } = this.deps;
    const names = (await readdir(folder)).filter((name) => /-[0-9a-f]{40}$/.test(name));
    const results = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        return { path, used: (await stat(path)).mtimeMs, bytes: await sizeOf(path) };
      }),
    );
    results.sort((one, other) => other.used - one.used);
    let bytes = 0;
    for (const [index, result] of results.entries()) {
      bytes += result.bytes;
      const expendable = index >= maxResults || bytes > maxBytes;
      if (expendable && result.used < clock.now() - grace) await rm(result.path, { recursive: true, force: true });
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  const info = await lstat(path).catch(() => undefined);
  if (info?.isDirectory() !== true) return info?.size ?? 0;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
