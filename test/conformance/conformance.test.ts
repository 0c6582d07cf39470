import assert from 'node:assert/strict';
import { type EphemeralPlatform, startEphemeralPlatform } from './ephemeral-platform.js';
import { loadCases, OpenWhiskRunner } from './openwhisk-runner.js';

const cases = await loadCases();

describe('conformance with the OpenWhisk REST API', () => {
  let platform: EphemeralPlatform;
  let runner: OpenWhiskRunner;
  before(async () => {
    platform = await startEphemeralPlatform();
    runner = new OpenWhiskRunner(platform.target);
    await runner.checkIdentity();
  });
  after(() => platform.dispose());

  for (const testCase of cases) {
    it(`${testCase.area}: ${testCase.id}`, async function () {
      this.timeout(40_000);
      const { verdict, reason } = await runner.run(testCase);
      if (verdict === 'skipped') this.skip();
      assert.equal(reason, undefined);
    });
  }

  it('refuses to run against a server that it did not start', async () => {
    const stranger = new OpenWhiskRunner({ ...platform.target, auth: `x:${'y'.repeat(64)}` });
    await assert.rejects(stranger.checkIdentity(), /is not the one that was started/);
  });
});
