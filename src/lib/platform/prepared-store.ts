import { defaultRetention, type RetentionLimits } from '../database/activation-retention.js';
import { openStore, type Store } from '../database/open-store.js';
import { resetStore } from '../database/reset-store.js';
import type { Identity } from '../entity/identity.js';
import { prepareSubjects } from './default-subjects.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import { ensurePrivateFolder } from './launcher/private-folder.js';
import type { Lifetime } from './lifetime.js';
import type { PlatformSurroundings } from './platform-surroundings.js';
import { closeOpenActivations } from './recovery.js';

/** The open store with what a platform needs in it. */
export interface PreparedStore {
  readonly store: Store;
  /** The default subject. */
  readonly guest: Identity;
  /** Absent when nothing is kept. */
  readonly dataDir?: string;
  /** Whether the user was never told before what the driver isolates. */
  readonly firstUse: boolean;
}

/** Memory is not a disk: an ephemeral platform keeps less. */
const ephemeralRetention: RetentionLimits = { ...defaultRetention, amount: 20_000, bytes: 64 * 1024 * 1024 };

/** Name of the setting that says that the user was told. */
const noteSetting = 'process-driver-note';

/** Opens the store, makes the default subject and ends the records that a crash left open. Throws PlatformError. */
export async function prepareStore(
  options: PlatformOptions,
  around: PlatformSurroundings,
  lifetime: Lifetime,
): Promise<PreparedStore> {
  const { clock, log, random, user, paths } = around;
  const dataDir = options.ephemeral ? undefined : (options.dataDir ?? paths.data);
  if (dataDir !== undefined) {
    if (ensurePrivateFolder(dataDir, user)) log.warn('platform', `${dataDir} was readable for others; it is not now`);
    if (options.clean) resetStore({ folder: dataDir, purge: false, now: clock.now() });
  }
  const retention = dataDir === undefined ? ephemeralRetention : defaultRetention;
  const store = await openStore({ ...(dataDir === undefined ? {} : { folder: dataDir }), retention, clock, log });
  lifetime.onEnd('close the store', () => store.close());
  const guest = await prepareSubjects(store.subjects, options, random);
  await closeOpenActivations({ activations: store.activations, clock, log });
  const firstUse = (await store.settings.get(noteSetting)) === undefined;
  if (firstUse) await store.settings.put(noteSetting, new Date(clock.now()).toISOString());
  return { store, guest, firstUse, ...(dataDir === undefined ? {} : { dataDir }) };
}
