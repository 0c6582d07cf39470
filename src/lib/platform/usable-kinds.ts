import type { ContainerFactory } from '../containers/container-factory.js';
import { ProgramSearch } from '../containers/process/program-search.js';
import { findRuntimeStarter } from '../containers/process/runtime-starter.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { KindAvailabilityRow } from './control-client-documents.js';

/**
 * How many kinds the process driver can run here, as far as file names tell: asking the interpreters themselves takes far too long for a
 * start. `path` is the PATH of actions.
 */
export async function countUsableKinds(manifest: RuntimeManifest, path: string): Promise<number> {
  const hasPython = (await new ProgramSearch(path).names(/^python3(?:\.\d+)?$/)).length > 0;
  const usable = manifest.kinds().filter(({ family, deprecated }) => {
    return !deprecated && findRuntimeStarter(family) !== undefined && (family !== 'python' || hasPython);
  });
  return usable.length;
}

/** How many kinds a driver with images can run here: those whose image is on the machine. */
export async function countPresentKinds(manifest: RuntimeManifest, factory: ContainerFactory): Promise<number> {
  const current = manifest.kinds().filter(({ deprecated }) => !deprecated);
  const found = await Promise.all(current.map(({ kind }) => factory.availability(kind)));
  return found.filter(({ available }) => available).length;
}

/** Whether each kind can run now, and what is missing if not. May start interpreters to ask for their version. */
export function probeKinds(manifest: RuntimeManifest, factory: ContainerFactory): Promise<KindAvailabilityRow[]> {
  return Promise.all(manifest.kinds().map(async ({ kind }) => ({ kind, ...(await factory.availability(kind)) })));
}
