import {
  containerEnvironment,
  inBox,
  initBody,
  loadSuites,
  suiteRuntimes,
  type SuiteRuntime,
  type ActionCase,
  type ActionSuite,
} from '../conformance/actions/cases.js';
import { definedVariables, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { runCase } from './run-action-case.js';
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
      await runCase((of, environment) => driver().create(of, environment, runtime.image), {
        ...{ kind: runtime.kind, folder, testCase: inBox(name, testCase), timeout: caseTimeout },
      });
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
