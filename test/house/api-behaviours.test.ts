import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The behaviours of the REST API are numbered from 1 to this, in section 23 of its contract. */
const behaviours = 276;

const tests = fileURLToPath(new URL('../', import.meta.url));

describe('the behaviours of the REST API', () => {
  it('has a test for each of them that names its number', () => {
    const named = new Set(
      titles().flatMap((title) => [...title.matchAll(/\b23\.(\d+)\b/g)].map(([, number]) => Number(number))),
    );
    const all = Array.from({ length: behaviours }, (_, at) => at + 1);
    assert.deepEqual(
      all.filter((number) => !named.has(number)),
      [],
    );
  });

  it('has no test that names a number beyond', () => {
    const numbers = titles().flatMap((title) =>
      [...title.matchAll(/\b23\.(\d+)\b/g)].map(([, number]) => Number(number)),
    );
    assert.deepEqual(
      numbers.filter((number) => number < 1 || number > behaviours),
      [],
    );
  });
});

/** Titles of tests: what is given to `it`, and the rows of tables that begin with a number. */
function titles(): string[] {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(tests, file), 'utf8');
    return [...text.matchAll(/(?:\bit\(\s*|\[)(['"`])(.*?)\1,/g)].map(([, , title = '']) => title);
  });
}
