'use strict';

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/**
 * mocha's `spec` reporter that also writes `{"passed": n, "failed": n, "pending": n}` to the file named by the reporter option
 * `output`, so that `.ci/run` need not read numbers out of text.
 */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOptions ?? {};
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (output !== undefined) writeFileSync(output, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}

module.exports = CountingReporter;
