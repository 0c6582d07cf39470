import assert from 'node:assert/strict';
import type { Container } from '../../src/lib/containers/container.js';
import { logSentinel } from '../../src/lib/containers/log-framing.js';
import {
  assertExpectation,
  assertOneOf,
  assertStreams,
  containerEnvironment,
  inBox,
  initBody,
  loadSuites,
  runBody,
  suiteRuntimes,
  type SuiteRuntime,
  type ActionCase,
  type ActionSuite,
  type Answer,
  type CaseStep,
} from '../conformance/actions/cases.js';
import { collect, definedVariables, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { sharedBuilds } from '../helpers/shared-builds.js';

const suites = await loadSuites();

/** Milliseconds for the first build of a language, which also compiles its libraries, and for each further case. */
const firstBuild = 300_000;
const caseTimeout = 60_000;

describe('conformance actions in the process driver', () => {
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start({ builds: sharedBuilds(), environment: definedVariables() });
  });

  after(() => driver.remove());

  for (const suite of suites) describe(suite.name, () => declareSuite(suite, () => driver));
});

function declareSuite({ name, cases, folder }: ActionSuite, driver: () => TestDriver): void {
  const runtime = suiteRuntimes[name];
  if (runtime === undefined || folder === undefined) throw new Error(`the suite ${name} has no runtime or no sources`);

  before(async function () {
    this.timeout(firstBuild);
    const missing = await missingProgram(driver(), runtime);
    if (missing !== undefined) {
      console.warn(`SKIPPED LOUDLY: ${String(cases.length)} conformance cases of ${name}: ${missing}`);
      this.skip();
    }
    const [first] = cases;
    if (first !== undefined) await warmUp(driver(), { ...runtime, folder, testCase: first });
  });

  for (const testCase of cases) {
    it(`${testCase.ai.join(' ')} ${name}/${testCase.name}`, async function () {
      this.timeout(caseTimeout);
      await runCase(driver(), { ...runtime, folder, testCase: inBox(name, testCase) });
    });
  }
}

/** What the machine lacks for a suite. */
async function missingProgram(driver: TestDriver, { kind }: SuiteRuntime): Promise<string | undefined> {
  if (kind === 'blackbox') return undefined;
  const availability = await driver.factory.availability(kind);
  return availability.available ? undefined : availability.missing;
}

interface CaseRun extends SuiteRuntime {
  readonly folder: string;
  readonly testCase: ActionCase;
}

/** Builds what all actions of a language share, which may take long. */
async function warmUp(driver: TestDriver, { kind, image, folder, testCase }: CaseRun): Promise<void> {
  const container = await driver.create(kind, containerEnvironment, image);
  try {
    const body = JSON.stringify(await initBody(folder, testCase));
    await container.send('/init', body, { ...wideBounds, timeout: firstBuild });
  } finally {
    await container.destroy();
  }
}

async function runCase(driver: TestDriver, { kind, image, folder, testCase }: CaseRun): Promise<void> {
  const container = await driver.create(kind, { ...containerEnvironment, ...testCase.containerEnv }, image);
  try {
    if (testCase.skipInit !== true) {
      const answer = await post(container, '/init', JSON.stringify(await initBody(folder, testCase)));
      assertExpectation(answer, { status: 200, ...testCase.expectInit });
    }
    for (const step of testCase.steps) await runStep(container, step, JSON.stringify(await initBody(folder, testCase)));
    const streams = await collect(container);
    assertStreams(testCase, streams);
    assert.ok(![...streams.stdout, ...streams.stderr].some((line) => line.includes(logSentinel)));
  } finally {
    await container.destroy();
  }
}

async function runStep(container: Container, step: CaseStep, init: string): Promise<void> {
  const route = step.raw?.path ?? (step.run === undefined ? '/init' : '/run');
  const body = step.raw?.body ?? (step.run === undefined ? init : JSON.stringify(runBody(step.run)));
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: step.parallel ?? 1 }, () => post(container, route, body)));
  const duration = performance.now() - start;
  if (step.expectOneOf !== undefined) assertOneOf(answers, step.expectOneOf);
  for (const answer of answers) if (step.expect !== undefined) assertExpectation(answer, step.expect);
  assert.ok(duration >= (step.minMs ?? 0) - 1, `took ${String(duration)} ms`);
  assert.ok(duration <= (step.maxMs ?? Number.POSITIVE_INFINITY), `took ${String(duration)} ms`);
}

async function post(container: Container, route: string, body: string): Promise<Answer> {
  const outcome = await container.send(route, body, { ...wideBounds, timeout: caseTimeout });
  if (outcome.type !== 'answer') throw new Error(`no answer but ${JSON.stringify(outcome)}`);
  return outcome;
}
