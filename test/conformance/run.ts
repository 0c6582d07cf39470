import { startEphemeralPlatform } from './ephemeral-platform.js';
import { loadCases, OpenWhiskRunner, type Outcome } from './openwhisk-runner.js';

/**
 * `npm run conformance [id…]`: starts a platform of its own, runs the cases (all, or those whose id contains one of the
 * words) and ends with `N passed, N failed, N skipped`; exit 1 when one failed.
 */
async function main(words: readonly string[]): Promise<number> {
  const cases = (await loadCases()).filter(({ id }) => words.length === 0 || words.some((word) => id.includes(word)));
  const platform = await startEphemeralPlatform();
  const outcomes: Outcome[] = [];
  try {
    const runner = new OpenWhiskRunner(platform.target);
    await runner.checkIdentity();
    for (const testCase of cases) {
      const outcome = await runner.run(testCase);
      outcomes.push(outcome);
      print(`${outcome.verdict.padEnd(7)} ${outcome.id}${outcome.reason === undefined ? '' : ` — ${outcome.reason}`}`);
    }
  } finally {
    await platform.dispose();
  }
  const count = (verdict: Outcome['verdict']): string =>
    String(outcomes.filter((outcome) => outcome.verdict === verdict).length);
  print(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === '0' ? 0 : 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main(process.argv.slice(2));
