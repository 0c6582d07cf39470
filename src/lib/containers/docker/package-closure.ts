import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A package on the disk. */
export interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
}

/**
 * A package of one of these folders with everything that it needs, each once and as Node finds it. Empty when the package is in none of them.
 */
export function packageClosure(modules: readonly string[], name: string): InstalledPackage[] {
  const root = modules.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
  if (root === undefined) return [];
  const found = new Map([[name, root]]);
  for (const [, folder] of found) {
    for (const dependency of dependenciesOf(folder)) {
      const place = found.has(dependency) ? undefined : resolve(folder, dependency);
      if (place !== undefined) found.set(dependency, place);
    }
  }
  return [...found].map(([packageName, folder]) => ({ name: packageName, folder }));
}

function dependenciesOf(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: object };
  return Object.keys(manifest.dependencies ?? {});
}

function resolve(from: string, name: string): string | undefined {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}
