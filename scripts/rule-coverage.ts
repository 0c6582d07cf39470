import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coveredRules, rulesInScope } from '../test/house/rule-titles.js';

/**
 * `npm run coverage:rules`: the rules of the command-line specification that no title of a test begins with; exit 1 when there is one.
 */
async function main(root: string): Promise<number> {
  const folder = join(root, 'test');
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.(?:test|acceptance)\.ts$|-contract\.ts$/u.test(name));
  const covered = new Map<string, number>();
  for (const name of files) {
    for (const rule of coveredRules(await readFile(join(folder, name), 'utf8'))) {
      covered.set(rule, (covered.get(rule) ?? 0) + 1);
    }
  }
  const missing = rulesInScope().filter((rule) => !covered.has(rule));
  for (const rule of missing) console.log(`no test begins with ${rule}`);
  console.log(`${String(rulesInScope().length - missing.length)} rules with tests, ${String(missing.length)} without`);
  return missing.length === 0 ? 0 : 1;
}

process.exitCode = await main(fileURLToPath(new URL('..', import.meta.url)));
