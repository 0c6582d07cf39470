import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuiltRt, type Ended } from '../helpers/built-rt.js';
import { shellWords } from '../helpers/shell-words.js';
import { assertAnswer } from './transcripts/compare.js';
import { wskDeviations } from './transcripts/deviations.js';
import { normalise, normaliseEnded } from './transcripts/normalise.js';
import { readTranscript, type RecordedStep } from './transcripts/transcript.js';

const { files, steps } = readTranscript('wsk');

/** The recorded step with what we answer on purpose in its place. */
function expectedOf(step: RecordedStep): Ended & { readonly pattern?: RegExp } {
  const deviation = wskDeviations[step.command];
  return {
    exit: deviation?.exit ?? step.exit,
    stdout: deviation?.stdout ?? step.stdout,
    stderr: step.stderr,
    ...(deviation?.stderr === undefined ? {} : { pattern: deviation.stderr }),
  };
}

function assertStep(actual: Ended, step: RecordedStep): void {
  const expected = expectedOf(step);
  assert.equal(actual.exit, expected.exit, `exit code; ${actual.stdout}${actual.stderr}`);
  if (expected.pattern !== undefined) assert.match(actual.stderr.trimEnd().split('\n')[0] ?? '', expected.pattern);
  else if (expected.stderr.startsWith('error: ')) {
    assert.equal(actual.stderr.split('\n')[0], expected.stderr.split('\n')[0]);
  } else if (expected.stderr !== '') assertAnswer(actual.stderr, expected.stderr);
  const answer = wskDeviations[step.command]?.answer;
  if (answer === undefined) assertAnswer(actual.stdout, expected.stdout);
  else assert.match(actual.stdout, answer);
}

describe('the recorded session of wsk, replayed with rt', function () {
  this.timeout(120_000);

  let rt: BuiltRt;
  let host: string;

  before(async () => {
    rt = await BuiltRt.create({ files });
    const { WHISK_APIHOST, WHISK_AUTH } = await rt.startPlatform();
    host = WHISK_APIHOST;
    await writeFile(join(rt.home, '.wskprops'), `APIHOST=${host}\nAUTH=${WHISK_AUTH}\n`);
  });

  after(() => rt.dispose());

  for (const [at, step] of steps.entries()) {
    const rules = wskDeviations[step.command]?.rules ?? 'C-44, C-45, C-46';
    it(`${rules}: step ${String(at + 1)}, wsk ${step.command}`, async () => {
      const places = { host, folder: rt.work };
      const recorded = { ...step, stdout: normalise(step.stdout, places), stderr: normalise(step.stderr, places) };
      assertStep(normaliseEnded(await rt.run(shellWords(step.command)), places), recorded);
    });
  }
});
