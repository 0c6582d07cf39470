import { loadSuites } from '../conformance/actions/cases.js';
import { TestDriver } from '../helpers/process-driver.js';
import { runCase } from './run-action-case.js';

const kinds: Readonly<Record<string, string>> = { nodejs: 'nodejs:20', python: 'python:3' };

const suites = await loadSuites();

describe('conformance actions in the process driver', () => {
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  for (const { name, cases, folder } of suites) {
    const kind = kinds[name];
    if (kind === undefined || folder === undefined) {
      it.skip(`${name}: ${String(cases.length)} cases SKIPPED, the process driver has no launcher for this family`);
      continue;
    }
    for (const testCase of cases) {
      it(`${testCase.ai.join(' ')} ${name}/${testCase.name}`, () =>
        runCase((of, environment) => driver.create(of, environment), { kind, folder, testCase }));
    }
  }
});
