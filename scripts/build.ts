import { chmod, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleCompletion,
  bundleEarlyPlatform,
  bundleImageProxy,
  bundleParts,
  bundlePlatform,
} from './release/bundle.js';
import { bundleClient } from './release/client-bundle.js';
import { bundledPackages, licencesDocument } from './release/licences.js';
import { manifest } from './release/manifest.js';

/** Makes the release form of the program: `dist/` and `oclif.manifest.json` below `root`. Gives the written paths. */
async function buildRelease(root: string): Promise<string[]> {
  const version = await packageVersion(root);
  const [client, platform, completion, early, imageProxy, parts] = await Promise.all([
    bundleClient(root, version),
    bundlePlatform(root),
    bundleCompletion(root),
    bundleEarlyPlatform(root),
    bundleImageProxy(root),
    bundleParts(root),
  ]);
  const bundles = new Map([
    ...client,
    ['platform.cjs', platform],
    ['complete.cjs', completion],
    ['early-platform.cjs', early],
    [join('launchers', 'image-proxy.cjs'), imageProxy],
    ...parts,
  ]);
  const packages = await bundledPackages(
    root,
    [...bundles.values()].map(({ metafile }) => metafile),
  );
  const files = new Map([
    ...[...bundles].map(([name, { text }]): [string, string] => [name, text]),
    ['LICENCES.txt', licencesDocument(packages)],
  ]);
  const made = join(root, `.dist-${String(process.pid)}`);
  await mkdir(made);
  await cp(join(root, 'src/lib/containers/process/launchers'), join(made, 'launchers'), { recursive: true });
  for (const [name, text] of files) await writeFile(join(made, name), text);
  await cp(join(root, 'src/lib/platform/system-packages/actions'), join(made, 'system-packages'), { recursive: true });
  await replaceFolder(join(root, 'dist'), made);
  await writeFile(join(root, 'oclif.manifest.json'), await manifest(client, version));
  await chmod(join(root, 'bin/run.cjs'), 0o755);
  return [...[...files.keys()].map((name) => `dist/${name}`), 'oclif.manifest.json'];
}

/** Puts a finished folder in the place of an old one, so that a program started meanwhile finds a whole `dist`. */
async function replaceFolder(target: string, made: string): Promise<void> {
  const old = `${made}-old`;
  await rename(target, old).catch(() => undefined);
  await rename(made, target);
  await rm(old, { recursive: true, force: true });
}

async function packageVersion(root: string): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed))
    throw new Error('package.json has no version');
  return String(parsed.version);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const started = performance.now();
for (const path of await buildRelease(root)) {
  const { size } = await stat(join(root, path));
  console.log(`${path.padEnd(22)} ${(size / 1024).toFixed(0).padStart(6)} kB`);
}
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
