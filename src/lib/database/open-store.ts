import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { PlatformError } from '../errors/client-errors.js';
import { ActivationJournal } from './activation-journal.js';
import type { RetentionLimits } from './activation-retention.js';
import { BackgroundCheckpoint } from './background-checkpoint.js';
import { activationsSchema, entitiesSchema } from './schema.js';
import { Settings } from './settings.js';
import { SqliteApiStore } from './sqlite-api-store.js';
import { SqliteActivationStore } from './sqlite-activation-store.js';
import { SqliteAlarmStore } from './sqlite-alarm-store.js';
import { SqliteArtifactStore } from './sqlite-artifact-store.js';
import { memoryPath } from './sqlite-file.js';
import { SqliteSubjectStore } from './sqlite-subject-store.js';
import { StoreFull } from './store-errors.js';
import { type ExaminedFile, examineStoreFile, ownStoreFile, type StoreFileOptions } from './store-file.js';

/** Names of the two files in the data folder. */
export const storeFiles = { entities: 'entities.db', activations: 'activations.db' } as const;

/** Where activations wait: the name goes with that of the file, and SQLite takes no notice of it. */
const journalName = `${storeFiles.activations}-pending`;

/** The open store of one platform. */
export interface Store {
  readonly artifacts: SqliteArtifactStore;
  readonly activations: SqliteActivationStore;
  readonly subjects: SqliteSubjectStore;
  readonly alarms: SqliteAlarmStore;
  readonly apis: SqliteApiStore;
  readonly settings: Settings;
  /** True when the platform that had it before was killed. */
  readonly unclean: boolean;
  /** Bytes of the two files, or of memory. */
  sizes(): { readonly entities: number; readonly activations: number };
  /** Writes what waits and leaves the two files without logs (RS-145). */
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** An existing folder; absent: memory only (RS-108). */
  readonly folder?: string;
  readonly retention: RetentionLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens the data folder. Entities and activations lie in two files, so that a flood of activations neither bloats nor locks entities
 * (RS-105). Throws StoreDamaged, StoreTooNew, StoreLocked or another PlatformError; the files are then as they were.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const files = filesIn(options.folder);
  const entities = await examineStoreFile(files.entities);
  const activations = await examineStoreFile(files.activations);
  const journal = options.folder === undefined ? undefined : new ActivationJournal(join(options.folder, journalName));
  journal?.examine();
  try {
    // Whoever has the lock on the entities owns the folder.
    ownStoreFile(entities, files.entities);
    ownStoreFile(activations, files.activations);
    if (options.folder !== undefined && (entities.created || activations.created)) syncFolder(options.folder);
    return assemble(options, { entities, activations, journal });
  } catch (error) {
    if (!(error instanceof StoreFull)) throw error;
    throw new PlatformError(`the disk is full: the local store in ${error.folder} cannot be opened`, {
      hint: 'free some space, or choose another --data-dir',
      cause: error,
    });
  }
}

function filesIn(folder: string | undefined): {
  readonly entities: StoreFileOptions;
  readonly activations: StoreFileOptions;
} {
  const path = (name: string): string => (folder === undefined ? memoryPath : join(folder, name));
  return {
    entities: { path: path(storeFiles.entities), schema: entitiesSchema, synchronous: 'FULL', cache: 4_000 },
    activations: {
      path: path(storeFiles.activations),
      schema: activationsSchema,
      synchronous: 'OFF',
      cache: 16_000,
    },
  };
}

function assemble(
  options: StoreOptions,
  parts: {
    readonly entities: ExaminedFile;
    readonly activations: ExaminedFile;
    readonly journal: ActivationJournal | undefined;
  },
): Store {
  const { entities, activations, journal } = parts;
  const { clock, log } = options;
  const checkpoint = new BackgroundCheckpoint({ file: activations.file, log });
  const activationStore = new SqliteActivationStore({
    file: activations.file,
    checkpoint,
    ...(journal === undefined ? {} : { journal }),
    limits: options.retention,
    clock,
    log,
  });
  return {
    artifacts: new SqliteArtifactStore({ file: entities.file, log }),
    activations: activationStore,
    subjects: new SqliteSubjectStore({ file: entities.file }),
    alarms: new SqliteAlarmStore({ file: entities.file }),
    apis: new SqliteApiStore({ file: entities.file }),
    settings: new Settings({ file: entities.file }),
    unclean: entities.unclean || activations.unclean,
    sizes: () => ({ entities: entities.file.size, activations: activations.file.size }),
    async close() {
      await activationStore.stop();
      for (const { file } of [activations, entities]) {
        if (!file.close()) log.warn('database', `no room to tidy up ${file.path}: the next start will do it`);
      }
      checkpoint.close();
    },
  };
}

/** Makes the names of new files survive a power loss. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
