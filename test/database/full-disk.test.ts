import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { canMakeSmallDisk, runOnSmallDisk } from '../helpers/small-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const program = fileURLToPath(new URL('full-disk-program.ts', import.meta.url));

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
  it('refuses writes with the folder, stays readable, and writes again when there is room (RS-125)', function () {
    if (!canMakeSmallDisk()) {
      console.log('        SKIPPED: a small disk needs root on Linux');
      this.skip();
    }
    const folder = temporaryFolder();
    try {
      const run = runOnSmallDisk(folder.path, 24, [process.execPath, '--import', 'tsx', program, folder.path]);
      assert.equal(run.status, 0, run.stderr);
      const { whileFull, afterwards, reopened } = JSON.parse(run.stdout) as Seen;
      const { stored } = whileFull;
      const full = `The disk is full: nothing can be stored in ${folder.path}/data.`;
      assert.ok(stored > 0);
      assert.deepEqual(whileFull, { stored, activation: full, entity: full, counted: stored, readable: true });
      assert.deepEqual(afterwards, { activation: 'stored', entity: 'stored', counted: stored + 1, found: true });
      assert.deepEqual(reopened, { unclean: false, counted: stored + 1 });
    } finally {
      folder.dispose();
    }
  });
});
