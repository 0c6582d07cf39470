import { loadSuites } from '../conformance/actions/cases.js';
import { kindImages, removeTestImages, skipNote, testEngine, TestDockerDriver } from '../helpers/docker-driver.js';
import { runCase } from './run-action-case.js';

const suites = await loadSuites();

(testEngine === undefined ? describe.skip : describe)(
  `conformance actions in the docker driver${skipNote}`,
  function () {
    this.timeout(120_000);
    let driver: TestDockerDriver;

    before(async () => {
      driver = await TestDockerDriver.start();
    });

    after(async () => {
      await driver.remove();
      await removeTestImages();
    });

    for (const { name, cases, folder } of suites) {
      const kind = Object.keys(kindImages).find((candidate) => candidate.startsWith(`${name}:`));
      if (kind === undefined || folder === undefined) continue;
      for (const testCase of cases) {
        it(`${testCase.ai.join(' ')} ${name}/${testCase.name}`, () =>
          runCase((of, environment) => driver.create(of, environment), { kind, folder, testCase }));
      }
    }
  },
);
