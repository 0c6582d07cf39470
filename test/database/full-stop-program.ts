/**
 * Program of the disk-full test: a platform that stops while the small file system in its first argument is full, and the next one. Prints
 * what was seen as JSON. With a second argument it is the first of the two: only its end lets go of a store that could not be tidied up.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

const [, program = '', room = '', part] = process.argv;
const folder = join(room, 'data');
const ballast = join(room, 'ballast');
mkdirSync(folder, { recursive: true, mode: 0o700 });

if (part === undefined) {
  const first = spawnSync(process.execPath, ['--import', 'tsx', program, room, 'first'], { encoding: 'utf8' });
  const names = readdirSync(folder).sort();
  rmSync(ballast);
  const counted = await countAndClose();
  process.stdout.write(JSON.stringify({ first: first.stdout, errors: first.stderr, names, counted }));
} else {
  process.stdout.write(String(await countAndClose(fill)));
}

/** Puts one record if there is something to do before the store is closed. */
async function countAndClose(before?: () => void): Promise<number> {
  const store = await storeFor({ folder });
  if (before !== undefined) await store.activations.put(entryOf(1));
  before?.();
  const counted = await store.activations.count({ namespace: 'guest' });
  await store.close();
  return counted;
}

function fill(): void {
  const descriptor = openSync(ballast, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch {
    closeSync(descriptor);
  }
}
