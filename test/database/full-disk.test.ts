import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { canMakeSmallDisk, runOnSmallDisk } from '../helpers/small-disk.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

const program = fileURLToPath(new URL('full-disk-program.ts', import.meta.url));
const waitProgram = fileURLToPath(new URL('full-wait-program.ts', import.meta.url));
const stopProgram = fileURLToPath(new URL('full-stop-program.ts', import.meta.url));

interface Seen {
  readonly whileFull: {
    readonly stored: number;
    readonly activation: string;
    readonly entity: string;
    readonly counted: number;
    readonly readable: boolean;
  };
  readonly afterwards: object & { readonly counted: number };
  readonly reopened: object;
}

describe('a store on a full disk', () => {
  let folder: TemporaryFolder;
  before(function () {
    if (canMakeSmallDisk()) return;
    console.log('        SKIPPED: a small disk needs root on Linux');
    this.skip();
  });
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  function seenBy(path: string): unknown {
    const run = runOnSmallDisk(folder.path, 24, [process.execPath, '--import', 'tsx', path, folder.path]);
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(run.stdout);
  }

  it('refuses writes with the folder, stays readable, and writes again when there is room (RS-125)', () => {
    const { whileFull, afterwards, reopened } = seenBy(program) as Seen;
    const { stored } = whileFull;
    const full = `The disk is full: nothing can be stored in ${folder.path}/data.`;
    assert.ok(stored > 0);
    assert.deepEqual(whileFull, { stored, activation: full, entity: full, counted: stored, readable: true });
    assert.deepEqual(afterwards, { activation: 'stored', entity: 'stored', counted: stored + 1, found: true });
    assert.deepEqual(reopened, { unclean: false, counted: stored + 1 });
  });

  it('shows what waits for room, although it is more than the cache holds (RS-125)', () => {
    const { stored, counted } = seenBy(waitProgram) as { readonly stored: number; readonly counted: number };
    assert.ok(stored > 100, String(stored));
    assert.equal(counted, stored);
  });

  it('keeps what a stop has no room for until the next start (RS-125)', () => {
    const seen = seenBy(stopProgram) as { readonly names: readonly string[] };
    assert.ok(seen.names.includes('activations.db-pending'), seen.names.join(' '));
    assert.deepEqual({ ...seen, names: [] }, { first: '1', errors: '', names: [], counted: 1 });
  });
});
