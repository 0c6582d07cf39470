import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { ruleCoverage, rulesInScope } from './rule-titles.js';
import { testTitles } from './test-titles.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file of tests, most of which only look as if they were about a rule. */
const pretenders = `
// it('C-1: in a comment', () => { check(); });
const text = "it('C-2: in a text', () => { check(); });";
it.skip('C-3: skipped', () => { check(); });
it('C-4: without a function');
it('C-5: empty', () => {});
it('C-6: empty', async () => {
});
it('about C-7', () => { check(); });
describe('C-8: a suite without tests', () => {});
describe('C-9: a suite', () => { it('of one test', () => { check(); }); });
describe('another', () => { it('C-44, C-46: prints lines', () => { check(); }); });
for (const rule of ['C-79']) it(\`\${rule}: computed\`, () => { check(); });
it('C-20 to C-22 and RS-1, C-30 a range, not C-31', () => { check(); });
it('AC-32: of another list', () => { check(); });
it('C-81: is no rule', () => { check(); });
`;

describe('the rules of the command line', function () {
  this.timeout(300_000);

  it('are covered by a test that runs, does something and begins with their number, and by no other', async () => {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, 'pretenders.test.cjs');
      await writeFile(file, pretenders);
      const { covered, missing, unknown } = ruleCoverage(await testTitles(ROOT, [file]));
      const named = rulesInScope().filter((rule) => !missing.includes(rule));
      assert.deepEqual(named, ['C-9', 'C-20', 'C-21', 'C-22', 'C-30', 'C-44', 'C-46', 'C-79']);
      assert.equal(covered, named.length);
      assert.deepEqual(unknown, ['C-81']);
    } finally {
      folder.dispose();
    }
  });

  it('are in scope but for projects and development', () => {
    assert.equal(rulesInScope().length, 78);
    assert.ok(!rulesInScope().includes('C-73'));
  });

  it('are all covered, as npm run coverage:rules says, and titles name no others', async () => {
    assert.deepEqual(ruleCoverage(await testTitles(ROOT)), {
      covered: rulesInScope().length,
      missing: [],
      unknown: [],
    });
  });
});
