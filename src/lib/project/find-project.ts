import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors/client-errors.js';
import { reasonOf } from '../errors/file-failure.js';
import { SourceFile } from './source-tree.js';

/** Names that a manifest has when nobody says it, in the order in which they are looked for (D-1). */
const manifestNames: readonly string[] = ['manifest.yaml', 'manifest.yml'];
const deploymentNames: readonly string[] = ['deployment.yaml', 'deployment.yml'];
const otherForms: Readonly<Record<string, string>> = {
  'app.config.yaml': 'an App Builder project',
  'project.yml': 'a folder project with project.yml',
  packages: 'a folder project',
};

/** Where a project is looked for. Relative paths start at `cwd`. */
export interface ProjectPlace {
  readonly cwd: string;
  readonly folder: string;
  /** `--manifest`, else `manifest` of `.rt.json`. */
  readonly manifest?: string | undefined;
  /** `--deployment`; later files go before earlier ones. Without it the files of the project folder are taken. */
  readonly deployments?: readonly string[] | undefined;
}

/** The files that a project is made of. */
export interface ProjectFiles {
  /** Absolute. */
  readonly root: string;
  readonly manifest: SourceFile;
  readonly deployments: readonly SourceFile[];
}

/** Finds and reads the files of a project (D-1, D-2). Throws UsageError when there is none or a named one cannot be read. */
export async function findProject(place: ProjectPlace): Promise<ProjectFiles> {
  const root = resolve(place.cwd, place.folder);
  const stats = await stat(root).catch(() => undefined);
  if (stats?.isDirectory() !== true) throw new UsageError(`The project folder '${place.folder}' does not exist`);
  const named = place.manifest === undefined ? undefined : resolve(place.cwd, place.manifest);
  const manifest = named ?? (await implicitManifest(root)) ?? (await refuseOthers(root, place));
  const deployments = place.deployments?.map((file) => resolve(place.cwd, file)) ?? (await implicitDeployment(root));
  return {
    root,
    manifest: await readSource(place.cwd, manifest),
    deployments: await Promise.all(deployments.map((path) => readSource(place.cwd, path))),
  };
}

/** An App Builder project may have a manifest.yml of old; its app.config.yaml goes before that (D-1). */
async function implicitManifest(root: string): Promise<string | undefined> {
  const manifest = await firstOf(root, manifestNames);
  const isOld = manifest?.endsWith('.yml') === true && (await firstOf(root, ['app.config.yaml'])) !== undefined;
  return isOld ? undefined : manifest;
}

async function implicitDeployment(root: string): Promise<readonly string[]> {
  const path = await firstOf(root, deploymentNames);
  return path === undefined ? [] : [path];
}

async function firstOf(root: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const path = join(root, name);
    if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  }
  return undefined;
}

async function refuseOthers(root: string, { folder }: ProjectPlace): Promise<never> {
  const other = await firstOf(root, Object.keys(otherForms));
  if (other !== undefined) {
    const name = relative(root, other);
    throw new UsageError(
      `'${folder}' is ${otherForms[name] ?? 'another project'} (${name}), which rt cannot read yet`,
      {
        hint: 'describe the packages in a manifest.yaml, or name a manifest with --manifest FILE',
      },
    );
  }
  throw new UsageError(`There is no project in '${folder}'`, {
    hint: `looked for ${[...manifestNames, ...Object.keys(otherForms)].join(', ')}; --manifest FILE names another`,
  });
}

async function readSource(cwd: string, path: string): Promise<SourceFile> {
  const inside = relative(cwd, path);
  const name = (inside.startsWith('..') ? path : inside).replaceAll(sep, '/');
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`The file '${name}' cannot be read: ${reasonOf(cause)}`, { cause });
  });
  if (!isUtf8(bytes)) throw new UsageError(`The file '${name}' is not UTF-8 text`);
  // A byte order mark is no part of the text, and would move every column of the first line.
  return new SourceFile(name, path, bytes.toString('utf8').replace(/^\ufeff/, ''));
}
