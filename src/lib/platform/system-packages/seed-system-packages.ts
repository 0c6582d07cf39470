import type { Settings } from '../../database/settings.js';
import type { RuntimeManifest } from '../../runtime-manifest/runtime-manifest.js';
import { systemPackagesVersion } from './system-packages.js';
import type { SystemPackageTarget } from './write-system-packages.js';

/** What seeding works with. */
interface SeedParts extends SystemPackageTarget {
  readonly settings: Pick<Settings, 'get' | 'put'>;
  readonly manifest: Pick<RuntimeManifest, 'resolve'>;
}

/** Name of the setting that says what was written last. */
const setting = 'system-packages';

/**
 * Writes the packages of `whisk.system` when they are missing or older than this program, which one look at a setting tells. To be called
 * before the controller is made, which keeps entities in memory.
 */
export async function seedSystemPackages(parts: SeedParts): Promise<void> {
  const kind = parts.manifest.resolve('nodejs:default')?.kind;
  const wanted = `${String(systemPackagesVersion)} ${kind ?? 'without nodejs'}`;
  const written = await parts.settings.get(setting);
  if (written === wanted || Number.parseInt(written ?? '0', 10) > systemPackagesVersion) return;
  const { writeSystemPackages } = await import('./write-system-packages.js');
  await writeSystemPackages(parts, kind);
  await parts.settings.put(setting, wanted);
}
