import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRuntimeStarter } from '../process/runtime-starter.js';
import { labels } from './container-options.js';
import type { Engine } from './engine.js';
import { EngineError } from './engine-error.js';
import { packageClosure } from './package-closure.js';

/** What an image of a kind is made from. */
export interface KindImageParts {
  readonly kind: string;
  readonly family: string;
  /** Name that the image gets: that of the runtimes manifest. */
  readonly image: string;
  /** Image with the interpreter; absent: the first usual one that is on the machine. */
  readonly base?: string;
  /** Folder of the launchers. */
  readonly launchers: string;
  /** Folders that may hold the `openwhisk` package. */
  readonly modules: readonly string[];
  /** The node that runs this program, absolute, for a base image without one; absent where it is made for another system. */
  readonly node?: string;
  /** Folder for temporary files. */
  readonly temporary: string;
}

/** Where our programs lie in an image, and where the action does. */
const programs = '/rt';
const actionFolder = '/action';

/** The port on which a runtime in an image listens. */
const port = '8080';

/** Names of official images that differ from the family's. */
const repositories: Readonly<Record<string, string>> = { nodejs: 'node', go: 'golang', java: 'eclipse-temurin' };

/**
 * Makes the image of a kind from what is on the machine: an image with the interpreter, our launchers and, where it has none, our node.
 * Nothing is downloaded. Gives the base image; rejects with EngineError.
 */
export async function buildKindImage(
  engine: Engine,
  parts: KindImageParts,
  onProgress: (line: string) => void,
): Promise<string> {
  if (findRuntimeStarter(parts.family, parts.image) === undefined) {
    throw new EngineError(`rt has no launcher for ${parts.kind}, so it cannot make an image for it`);
  }
  const base = await findBase(engine, parts);
  onProgress(`building ${parts.image} from ${base}`);
  const folder = await mkdtemp(join(parts.temporary, 'rt-image-'));
  try {
    const ownNode = !(await engine.hasProgram(base, 'node'));
    const files = await layOut(folder, parts, { base, ownNode });
    await engine.build({ folder, files, name: parts.image });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return base;
}

async function findBase(engine: Engine, { kind, family, base }: KindImageParts): Promise<string> {
  const candidates = base === undefined ? usualBases(kind, family) : [base];
  for (const candidate of candidates) if ((await engine.imageId(candidate)) !== undefined) return candidate;
  throw new EngineError(
    base === undefined
      ? `none of the images ${candidates.join(', ')} is on this machine; name another one with --base`
      : `the image ${base} is not on this machine`,
  );
}

function usualBases(kind: string, family: string): string[] {
  const version = kind.slice(kind.indexOf(':') + 1);
  const repository = repositories[family] ?? family;
  return [`${repository}:${version}-slim`, `${repository}:${version}`, `${repository}:latest`];
}

async function layOut(
  folder: string,
  { kind, launchers, modules, node }: KindImageParts,
  { base, ownNode }: { readonly base: string; readonly ownNode: boolean },
): Promise<string[]> {
  const target = join(folder, 'rt');
  await cp(launchers, target, { recursive: true });
  for (const { name, folder: source } of packageClosure(modules, 'openwhisk')) {
    await cp(source, join(target, 'node_modules', name), { recursive: true, dereference: true });
  }
  if (ownNode) {
    if (node === undefined) throw new EngineError(`the image ${base} has no node, which the runner needs`);
    await mkdir(join(target, 'bin'));
    await cp(node, join(target, 'bin', 'node'), { dereference: true });
    await chmod(join(target, 'bin', 'node'), 0o755);
  }
  await writeFile(join(folder, 'Dockerfile'), dockerfile(base, kind));
  return ['Dockerfile', 'rt'];
}

function dockerfile(base: string, kind: string): string {
  return [
    `FROM ${base}`,
    'USER root',
    `COPY rt ${programs}`,
    `LABEL ${labels.built}="${kind}"`,
    `ENV __RT_PORT=${port}`,
    `WORKDIR ${actionFolder}`,
    'ENTRYPOINT []',
    `CMD ["/bin/sh", "${programs}/image-start.sh", "${kind}"]`,
    `EXPOSE ${port}`,
    '',
  ].join('\n');
}
