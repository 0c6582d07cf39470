import { fileURLToPath } from 'node:url';
import { ruleCoverage } from '../test/house/rule-titles.js';
import { testTitles } from '../test/house/test-titles.js';

/**
 * `npm run coverage:rules`: the rules of the command-line specification that no title of a test begins with, and the titles that name a
 * rule which does not exist; exit 1 when there is one.
 */
async function main(root: string): Promise<number> {
  const { covered, missing, unknown } = ruleCoverage(await testTitles(root));
  for (const rule of missing) console.log(`no test begins with ${rule}`);
  for (const rule of unknown) console.log(`tests begin with ${rule}, which is no rule`);
  console.log(`${String(covered)} rules with tests, ${String(missing.length)} without`);
  return missing.length + unknown.length === 0 ? 0 : 1;
}

process.exitCode = await main(fileURLToPath(new URL('..', import.meta.url)));
