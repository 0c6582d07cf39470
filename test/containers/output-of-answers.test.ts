import assert from 'node:assert/strict';
import type { Container } from '../../src/lib/containers/container.js';
import { collect, run, TestDriver } from '../helpers/process-driver.js';

/** Actions that print `size` characters in lines of 1000, on both streams, and answer; one line each for a kind. */
const sources: Readonly<Record<string, string>> = {
  'nodejs:20': `function main({ size }) {
    const text = ('x'.repeat(999) + '\\n').repeat(Math.floor(size / 1000)) + 'y'.repeat(size % 1000);
    process.stdout.write(text);
    process.stderr.write(text);
    return {};
  }`,
  'python:3': `import sys
def main(args):
  size = args["size"]
  text = ("x" * 999 + "\\n") * (size // 1000) + "y" * (size % 1000)
  sys.stdout.write(text)
  sys.stderr.write(text)
  return {}
`,
  'perl:5': `sub main {
    my $size = $_[0]{size};
    my $text = (("x" x 999) . "\\n") x int($size / 1000) . ("y" x ($size % 1000));
    print STDOUT $text;
    print STDERR $text;
    return {};
  }
  1;`,
};

const sizes = [0, 1, 999, 1000, 4096, 65_535, 65_536, 65_537, 131_072, 300_001];

/** The lines that the actions print for a size. */
function linesOf(size: number): string[] {
  const rest = size % 1000 === 0 ? [] : ['y'.repeat(size % 1000)];
  return [...Array.from({ length: Math.floor(size / 1000) }, () => 'x'.repeat(999)), ...rest];
}

/** Runs all sizes one after the other; the first difference is an error. */
async function runAll(container: Container, order: readonly number[]): Promise<void> {
  for (const size of order) {
    const outcome = await run(container, { size });
    assert.equal(outcome.type, 'answer');
    const { stdout, stderr, truncated } = await collect(container);
    const expected = linesOf(size);
    for (const lines of [stdout, stderr]) {
      assert.equal(lines.length, expected.length, `lines of ${String(size)} characters`);
      assert.deepEqual(lines, expected);
    }
    assert.equal(truncated, false);
  }
}

describe('output of an activation whose answer has come', function () {
  this.timeout(120_000);
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  for (const [kind, source] of Object.entries(sources)) {
    it(`RS-507 ${kind}: is all there whatever its size, and none of it belongs to the next activation`, async function () {
      const { available } = await driver.factory.availability(kind);
      if (!available) this.skip();
      const container = await driver.createWith(kind, source);
      await runAll(container, [...sizes, ...sizes.toReversed()]);
    });
  }

  it('RS-507 is told apart when several containers answer in the same turns of the event loop', async () => {
    const source = sources['nodejs:20'] ?? '';
    const containers = await Promise.all([1, 2, 3, 4].map(() => driver.createWith('nodejs:20', source)));
    const short = Array.from({ length: 150 }, (_, index) => (index % 3) * 40);
    await Promise.all(containers.map((container, index) => runAll(container, [...short, ...sizes.slice(index)])));
  });
});
