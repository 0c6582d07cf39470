import type { ContainerFactory } from '../containers/container-factory.js';
import type { RuntimeKind } from '../runtime-manifest/runtime-kind.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { KindAvailabilityRow } from './control-client-documents.js';

/**
 * How many kinds the driver can run here. All kinds of a family run or none does, so that one of each is asked for; node is always there.
 * Starts no interpreter: that would take too long for a start.
 */
export async function countUsableKinds(manifest: RuntimeManifest, factory: ContainerFactory): Promise<number> {
  const families = new Map<string, RuntimeKind[]>();
  for (const kind of manifest.kinds()) {
    if (!kind.deprecated) families.set(kind.family, [...(families.get(kind.family) ?? []), kind]);
  }
  const counts = [...families].map(async ([family, kinds]) => {
    const runs = family === 'nodejs' || (await factory.availability(kinds[0]?.kind ?? family)).available;
    return runs ? kinds.length : 0;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
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
