import { Engine } from '../containers/docker/engine.js';
import type { EngineSurroundings } from '../containers/docker/engine-address.js';
import { EngineError } from '../containers/docker/engine-error.js';
import { findEngine } from '../containers/docker/find-engine.js';
import { labels } from '../containers/docker/container-options.js';
import { buildKindImage } from '../containers/docker/kind-image.js';
import { PlatformError } from '../errors/client-errors.js';
import type { PruneReport, PullReport, PullRequest, WantedKind } from './launcher/start-messages.js';
import { isAlive } from './process-identity.js';

/** What the tasks find around them; read from the process by `main.ts` only. */
export interface TaskSurroundings extends EngineSurroundings {
  /** Folder of the launchers. */
  readonly launchers: string;
  /** Folders with packages that actions can require. */
  readonly modules: readonly string[];
  /** The node that runs this program, absolute. */
  readonly node: string;
  /** Folder for temporary files. */
  readonly temporary: string;
  /** Name of this machine. */
  readonly machine: string;
  readonly onProgress: (line: string) => void;
}

/** Pulls or makes the images of kinds; one that fails does not stop the others. Rejects with PlatformError when no engine answers. */
export async function pullKinds(request: PullRequest, around: TaskSurroundings): Promise<PullReport> {
  const found = await findEngine(around);
  if ('fault' in found) {
    throw new PlatformError(found.fault, { hint: 'start Docker or Podman, or set DOCKER_HOST' });
  }
  const engine = await Engine.open(found.address);
  const done: PullReport['done'][number][] = [];
  const failed: PullReport['failed'][number][] = [];
  for (const wanted of request.kinds) {
    const { kind, image } = wanted;
    try {
      const base = request.build ? await build(engine, wanted, { request, around }) : undefined;
      if (base === undefined) await pull(engine, image, around);
      done.push({ kind, image, ...(base === undefined ? {} : { base }) });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      failed.push({ kind, image, reason: error.message });
    }
  }
  return { done, failed };
}

function build(
  engine: Engine,
  wanted: WantedKind,
  { request: { base }, around }: { readonly request: PullRequest; readonly around: TaskSurroundings },
): Promise<string> {
  const { launchers, modules, temporary, platform, node, onProgress } = around;
  const parts = { ...wanted, launchers, modules, temporary };
  const own = platform === 'linux' ? { node } : {};
  return buildKindImage(engine, { ...parts, ...own, ...(base === undefined ? {} : { base }) }, onProgress);
}

/** Tells each state of each layer once: a bar for each of them would be a flood. */
async function pull(engine: Engine, image: string, { onProgress }: TaskSurroundings): Promise<void> {
  onProgress(`pulling ${image}`);
  const told = new Set<string>();
  await engine.pull(image, (line) => {
    const state = line.replace(/ \[[=> ]*\].*$/, '');
    if (told.has(state)) return;
    told.add(state);
    onProgress(state);
  });
}

/**
 * Removes the containers of rt whose platform on this machine runs no more (cli.md §14.1). Those of other machines are theirs. Rejects with
 * PlatformError when an engine is there but does not work.
 */
export async function pruneContainers(around: TaskSurroundings): Promise<PruneReport> {
  const found = await findEngine(around);
  if ('fault' in found) {
    if (found.tried) throw new PlatformError(found.fault, { hint: 'start Docker or Podman, or set DOCKER_HOST' });
    return { containers: [] };
  }
  try {
    const engine = await Engine.open(found.address);
    const left = (await engine.list(labels.owner)).filter((container) =>
      isLeftOver(container.labels[labels.owner] ?? '', around.machine),
    );
    await Promise.all(left.map(({ id }) => engine.remove(id)));
    return { engine: found.address.name, containers: left.map(({ id }) => id.slice(0, 12)) };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new PlatformError(`the container engine at ${found.address.name}: ${error.message}`, { cause: error });
  }
}

/** Whether the process that made a container, `<pid>:<start time>@<machine>`, is gone. */
function isLeftOver(owner: string, machine: string): boolean {
  const [, pid = '', startTime = '', where = ''] = /^(\d+):([^@]*)@(.*)$/.exec(owner) ?? [];
  return where === machine && !isAlive({ pid: Number(pid), startTime });
}
