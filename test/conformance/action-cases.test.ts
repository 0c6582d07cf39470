import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WhiskActivation } from '../../src/lib/entity/activation.js';
import { ControlClient } from '../../src/lib/platform/control-client.js';
import { sharedBuilds } from '../helpers/shared-builds.js';
import { TestPlatform } from '../helpers/test-platform.js';
import {
  type ActionCase,
  type ActionSuite,
  assertExpectation,
  assertStreams,
  caseCode,
  type CaseStep,
  expand,
  type Expectation,
  inBox,
  loadSuites,
  suiteRuntimes,
  type SuiteRuntime,
} from './actions/cases.js';

const suites = await loadSuites();

/**
 * Why a case says nothing at the level of the platform: it sends what no platform sends, or asks for what the platform decides by itself.
 */
function containerOnly({ name, initRaw, skipInit, containerEnv, steps }: ActionCase): string | undefined {
  if (initRaw !== undefined || skipInit === true) return 'sends an /init of its own, or none';
  if (name === 'perl-loop') return 'counts the bytes of a request that it makes up itself';
  if (containerEnv !== undefined) return 'sets variables of the container';
  if (steps.some(({ raw, parallel }) => raw !== undefined || parallel !== undefined))
    return 'sends raw or parallel requests';
  if (steps.some(({ run }) => run?.context !== undefined)) return 'makes up the context of an activation';
  if (steps.some(({ run }) => run !== undefined && !isObject(run.value))) return 'sends arguments that are no object';
  return undefined;
}

/** Milliseconds for the first build of a language, which also compiles its libraries, and for each further case. */
const firstBuild = 300_000;

/** One kind whose image is that of another project: the image decides how its actions run (action-interface.md §3.1). */
function manifestOf({ kind, image = '' }: SuiteRuntime): string {
  const entry = { kind, image, default: true };
  return JSON.stringify({ runtimes: { [kind.split(':', 1)[0] ?? kind]: [entry] } });
}

/** What was compiled for the cases in the driver need not be compiled again. */
function shareBuilds({ paths }: TestPlatform): void {
  const builds = sharedBuilds();
  mkdirSync(builds, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(paths.builds), { recursive: true, mode: 0o700 });
  symlinkSync(builds, paths.builds);
}

describe('conformance actions on the platform', () => {
  for (const suite of suites) describe(suite.name, () => declareSuite(suite));
});

function declareSuite({ name, cases, folder }: ActionSuite): void {
  const runtime = suiteRuntimes[name];
  if (runtime === undefined || folder === undefined) throw new Error(`the suite ${name} has no runtime or no sources`);
  let platform: TestPlatform | undefined;
  const running = (): TestPlatform => platform ?? assert.fail('the platform does not run');
  const isBlackbox = runtime.kind === 'blackbox';

  before(async function () {
    this.timeout(firstBuild);
    platform = await TestPlatform.create();
    shareBuilds(platform);
    const foreign = runtime.image !== undefined && !isBlackbox;
    await platform.ensure({ ephemeral: true, ...(foreign ? { runtimes: manifestOf(runtime) } : {}) });
    const row = (await new ControlClient({ socket: platform.paths.socket, timeout: 30_000 }).kinds()).find(
      ({ kind }) => kind === runtime.kind,
    );
    if (isBlackbox || row?.available === true) return;
    console.warn(
      `SKIPPED LOUDLY: ${String(cases.length)} conformance cases of ${name}: ${row?.missing ?? 'no such kind'}`,
    );
    this.skip();
  });

  after(async () => {
    await platform?.stop({ timeout: 0 });
    await platform?.dispose();
  });

  for (const testCase of cases) {
    const reason = containerOnly(testCase);
    const title = `${testCase.ai.join(' ')} ${name}/${testCase.name}`;
    if (reason !== undefined) it.skip(`${title} (container level only: ${reason})`);
    else {
      it(title, async function () {
        this.timeout(firstBuild);
        await runCase(running(), inBox(name, testCase), { ...runtime, folder });
      });
    }
  }
}

async function runCase(
  platform: TestPlatform,
  testCase: ActionCase,
  { kind, image, folder }: SuiteRuntime & { readonly folder: string },
): Promise<void> {
  const name = `${kind.replace(':', '-')}-${testCase.name}`;
  const { code } = (await caseCode(folder, testCase)) ?? { code: '' };
  const parameters = Object.entries(testCase.env ?? {}).map(([key, value]) => ({ key, value, init: true }));
  const exec = {
    ...{ kind, code },
    ...(kind === 'blackbox' ? { image } : {}),
    ...(testCase.main === undefined ? {} : { main: testCase.main }),
  };
  const created = await platform.request('PUT', `actions/${name}?overwrite=true`, {
    ...{ exec, parameters },
    limits: { timeout: 300_000 },
  });
  assert.equal(created.status, 200, JSON.stringify(created.body));
  const activations: WhiskActivation[] = [];
  for (const expected of expectedActivations(testCase)) {
    const activation = await invoke(platform, name, expected.value);
    activations.push(activation);
    assertActivation(activation, expected.answer);
  }
  const lines = activations.flatMap(({ logs }) => logs);
  assertStreams(testCase, { stdout: textsOf(lines, 'stdout'), stderr: textsOf(lines, 'stderr') });
}

interface Expected {
  readonly value: unknown;
  readonly answer: Expectation;
}

/**
 * What invocations show of a case: its runs up to the first that makes the container unusable, or the failed initialization. The platform
 * starts a new container after such a failure, so later steps of the case would meet another one.
 */
function expectedActivations({ expectInit, steps }: ActionCase): Expected[] {
  if (expectInit !== undefined && expectInit.status !== 200) return [{ value: {}, answer: expectInit }];
  const runs = steps.flatMap(({ run, expect }: CaseStep) =>
    run === undefined || expect === undefined ? [] : [{ value: expand(run.value), answer: expect }],
  );
  const failure = runs.findIndex(({ answer }) => answer.status !== 200);
  return failure < 0 ? runs : runs.slice(0, failure + 1);
}

async function invoke(platform: TestPlatform, name: string, value: unknown): Promise<WhiskActivation> {
  const { body } = await platform.request('POST', `actions/${name}?blocking=true`, value);
  // An array result is the whole answer (openwhisk-api.md §8.3); the record tells the same for all.
  if (!Array.isArray(body)) {
    const { activationId } = body as { activationId: string };
    return (await platform.request('GET', `activations/${activationId}`)).body as WhiskActivation;
  }
  const [newest] = (await platform.request('GET', `activations?limit=1&docs=true&name=${name}`))
    .body as WhiskActivation[];
  assert.ok(newest !== undefined);
  return newest;
}

/** The class and the result of a record, against what the runtime has to answer (action-interface.md §1.6). */
function assertActivation({ response }: WhiskActivation, answer: Expectation): void {
  const failed = answer.status !== 200;
  const withError = isObject(response.result) && 'error' in response.result;
  const word = failed ? 'action developer error' : withError ? 'application error' : 'success';
  assert.equal(response.status, word, JSON.stringify(response));
  const shown =
    withError && isObject(answer.json) && 'error' in answer.json ? { error: answer.json['error'] } : answer.json;
  const expectation = shown === undefined ? answer : { ...answer, json: shown };
  assertExpectation({ status: answer.status, body: JSON.stringify(response.result) }, expectation);
}

/** The texts of one stream, without the closing line that the platform adds after a developer error. */
function textsOf(lines: readonly string[], stream: 'stdout' | 'stderr'): string[] {
  return lines.flatMap((line) => {
    const text = new RegExp(`^\\S+\\s+${stream}: (.*)$`, 's').exec(line)?.[1];
    const added = text === 'The action did not initialize or run as expected. Log data might be missing.';
    return text === undefined || added ? [] : [text];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
