import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const fixture = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'close-inherited.ts');

describe('descriptors that the platform inherits', () => {
  it('RS-237: are closed where node itself would pass them on to actions', async () => {
    const script = 'exec 20</dev/null 25</dev/null; exec "$0" "$@"';
    const { stdout } = await run('bash', ['-c', script, process.execPath, '--import', 'tsx', fixture]);
    const { closed, child } = JSON.parse(stdout) as { closed: number[]; child: string[] };
    assert.ok(closed.includes(20) && closed.includes(25), stdout);
    // 3 is the folder that ls lists.
    assert.deepEqual(child, ['0', '1', '2', '3']);
  });
});
