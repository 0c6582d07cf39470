import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ActivationEntry } from '../../../src/lib/database/activation-store.js';
import type { Change } from '../../../src/lib/database/artifact-store.js';
import { openStore, type Store } from '../../../src/lib/database/open-store.js';
import { systemClock } from '../../../src/lib/entity/clock.js';
import { RecordingLog } from '../../helpers/recording-log.js';
import { Playground } from '../playground.js';

const schema = fileURLToPath(new URL('../../../src/lib/database/schema.ts', import.meta.url));

/** The namespace of the platform's default subject. */
export const namespace = 'guest';

/** Names among which the activations are spread. */
const names = 100;

/** Milliseconds between the starts of two activations. */
const step = 10;

/** Records that are handed over at once. */
const group = 1_000;

/** A data folder with so many activations, and a hundredth as many actions. */
export interface GrownStore {
  readonly folder: string;
  readonly records: number;
  /** Epoch milliseconds of the first activation; they follow each other every 10 ms. */
  readonly begin: number;
}

/** The id of the activation with this number: it begins with a time and goes on at random, as those of the platform do. */
export function recordId(index: number): string {
  const time = (index * step).toString(16).padStart(12, '0');
  return time + createHash('md5').update(String(index)).digest('hex').slice(time.length);
}

/** The name of the activation with this number. */
export function recordName(index: number): string {
  return `greet${String(index % names)}`;
}

/**
 * Gives a store of that size from the cache in the folder for temporary files, or makes it: writing a million records takes a minute. They are
 * copies of a real one, written through the store itself.
 */
export async function grownStore(records: number, onProgress: (text: string) => void): Promise<GrownStore> {
  const version = createHash('sha256')
    .update(await readFile(schema))
    .digest('hex');
  const folder = join(tmpdir(), 'rt-bench-stores', version.slice(0, 12), String(records));
  if (existsSync(folder)) {
    const begin = await beginOf(folder, records);
    if (begin !== undefined) {
      await readThrough(folder);
      return { folder, records, begin };
    }
    await rm(folder, { recursive: true });
  }
  onProgress(`making a store of ${String(records)} activations in ${folder}`);
  const unfinished = `${folder}.${String(process.pid)}`;
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await seed(unfinished);
    const begin = await withStore(unfinished, (store) => grow(store, records));
    await rename(unfinished, folder);
    return { folder, records, begin };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A store that was just made lies in the memory of the system; the speed of the disk is not what is measured. */
async function readThrough(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    await finished(createReadStream(join(folder, name), { highWaterMark: 1024 * 1024 }).resume());
  }
}

/** Opens a data folder that no platform uses, without any limit to what it keeps. */
export async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const retention = { age: Infinity, amount: Infinity, bytes: Infinity };
  const store = await openStore({ folder, retention, clock: systemClock, log: new RecordingLog() });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** A copy of a record for another activation. */
export function copyOf(entry: ActivationEntry, index: number, start: number): ActivationEntry {
  const own = { name: recordName(index), activationId: recordId(index), start, end: start + 1 };
  const rewritten = (text: string): string => JSON.stringify({ ...(JSON.parse(text) as object), ...own });
  const { record, summary } = entry;
  return { ...entry, ...own, record: rewritten(record), summary: rewritten(summary) };
}

/** The newest record of a store. */
export async function newestEntry({ activations }: Store): Promise<ActivationEntry> {
  const query = { namespace, limit: 1, skip: 0 };
  const [summary] = await activations.list({ ...query, docs: false });
  const [record] = await activations.list({ ...query, docs: true });
  if (summary === undefined || record === undefined) throw new Error('the store has no record');
  const { activationId, name, start } = JSON.parse(summary) as ActivationEntry;
  return { activationId, namespace, name, package: '', start, record, summary };
}

/** The start of the first record; undefined when the folder does not hold as many as it should, because a platform has removed some. */
async function beginOf(folder: string, records: number): Promise<number | undefined> {
  return await withStore(folder, async ({ activations }) => {
    const first = await activations.get(namespace, recordId(0));
    if (first === undefined || (await activations.count({ namespace })) < records) return undefined;
    return (JSON.parse(first) as { readonly start: number }).start;
  });
}

/** A real platform makes the subject, one action and one record. */
async function seed(folder: string): Promise<void> {
  const playground = await Playground.create();
  try {
    await playground.startPlatform('--data-dir', folder);
    await playground.run('action', 'create', 'greet', 'greet.js');
    await playground.run('action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob');
    await playground.run('platform', 'stop');
  } finally {
    await playground.dispose();
  }
}

async function grow(store: Store, records: number): Promise<number> {
  const entry = await newestEntry(store);
  const begin = entry.start - records * step;
  for (let from = 0; from < records; from += group) {
    const amount = Math.min(group, records - from);
    const entries = Array.from({ length: amount }, (_, index) =>
      copyOf(entry, from + index, begin + (from + index) * step),
    );
    await Promise.all(entries.map((copy) => store.activations.put(copy)));
    await turn();
  }
  await growActions(store, Math.max(30, Math.round(records / 100)));
  return begin;
}

async function growActions({ artifacts }: Store, amount: number): Promise<void> {
  const key = { namespace, package: '', name: 'greet' };
  const original = await artifacts.find(key);
  const [text] = await artifacts.list({ namespace, collection: 'actions', limit: 1, skip: 0 });
  if (original === undefined || text === undefined) throw new Error('the store has no action');
  const { document } = original;
  const summary = JSON.parse(text) as { readonly updated: number };
  const changes = Array.from({ length: amount }, (_, index): Change => {
    const name = `greet${String(index)}`;
    const put = { collection: 'actions', key: { ...key, name }, updated: summary.updated + index } as const;
    const texts = { document: { ...document, name }, summary: JSON.stringify({ ...summary, name }) };
    return { put: { ...put, ...texts }, expected: 0 };
  });
  for (let from = 0; from < amount; from += group) await artifacts.commit(changes.slice(from, from + group));
}
