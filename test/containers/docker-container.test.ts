import { kindImages, removeTestImages, skipNote, testEngine, TestDockerDriver } from '../helpers/docker-driver.js';
import { describeContainerContract, type DriverUnderTest } from './container-contract.js';

(testEngine === undefined ? describe.skip : describe)(`Docker${skipNote}`, function () {
  this.timeout(120_000);

  after(removeTestImages);

  describeContainerContract('docker driver', async (): Promise<DriverUnderTest> => {
    const driver = await TestDockerDriver.start();
    return { factory: driver.factory, image: kindImages['nodejs:20'] ?? '', remove: () => driver.remove() };
  });
});
