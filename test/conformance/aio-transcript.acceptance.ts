import assert from 'node:assert/strict';
import { BuiltRt, type PlatformVariables } from '../helpers/built-rt.js';
import { shellWords } from '../helpers/shell-words.js';
import { assertContains } from './transcripts/compare.js';
import { aioAgreements, aioExits } from './transcripts/deviations.js';
import { normaliseEnded, parseDocument } from './transcripts/normalise.js';
import { readTranscript } from './transcripts/transcript.js';

const { environment, files, steps } = readTranscript('aio');

interface Entity {
  readonly name: string;
  readonly namespace: string;
  readonly parameters?: readonly object[];
}

describe('the recorded session of aio rt, replayed with rt', function () {
  this.timeout(120_000);

  let rt: BuiltRt;
  let platform: PlatformVariables;

  before(async () => {
    rt = await BuiltRt.create({ files });
    platform = await rt.startPlatform();
  });

  after(() => rt.dispose());

  /** What a collection holds, asked through REST. */
  async function entities(collection: string): Promise<readonly Entity[]> {
    const response = await fetch(`${platform.WHISK_APIHOST}/api/v1/namespaces/_/${collection}`, {
      headers: { authorization: `Basic ${btoa(platform.WHISK_AUTH)}`, connection: 'close' },
    });
    return (await response.json()) as Entity[];
  }

  for (const [at, step] of steps.entries()) {
    it(`C-2, C-6: step ${String(at + 1)}, aio ${step.command}`, async () => {
      const { WHISK_APIHOST: host, WHISK_AUTH: key } = platform;
      const values = Object.entries(environment ?? {}).map(([name, value]) => [
        name,
        value.replace('HOST', host).replace('KEY', key),
      ]);
      const words = [...shellWords(step.command), ...(aioAgreements[at + 1] ?? [])];
      const ended = await rt.run(words, Object.fromEntries(values) as Record<string, string>);
      assert.equal(ended.exit, aioExits[at + 1] ?? step.exit, `exit code; ${ended.stdout}${ended.stderr}`);
      if (!step.command.includes('--json')) return;
      const { stdout } = normaliseEnded(ended, { host, folder: rt.work });
      const recorded = normaliseEnded(step, { host, folder: rt.work });
      assertContains(parseDocument(stdout), parseDocument(recorded.stdout));
    });
  }

  it('C-2: the session leaves the entities that it left with aio', async () => {
    const names = async (collection: string): Promise<string[]> =>
      (await entities(collection)).map(({ namespace, name }) => `/${namespace}/${name}`).sort();
    assert.deepEqual(
      await names('actions'),
      ['env', 'envf', 'hello', 'hello2', 'raw', 'secure', 'seq', 'web'].map((name) => `/guest/${name}`),
    );
    for (const collection of ['packages', 'triggers', 'rules']) assert.deepEqual(await names(collection), []);
  });
});
