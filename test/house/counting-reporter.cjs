'use strict';

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Milliseconds that the process may take to end by itself after the last test. */
const grace = 20_000;

/**
 * mocha's `spec` reporter that also writes `{"passed": n, "failed": n, "pending": n}` to the file named by the reporter option
 * `output`, so that `.ci/run` need not read numbers out of text. What tests left open, a server for instance, would keep the process
 * alive for ever: after some time it is named, counted as one more failure, and the process ends.
 */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOptions ?? {};
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending } = this.stats;
      const write = (counts) => output !== undefined && writeFileSync(output, JSON.stringify(counts));
      write({ passed, failed, pending });
      setTimeout(() => {
        write({ passed, failed: failed + 1, pending });
        console.error(`FAILED: tests left something open: ${process.getActiveResourcesInfo().join(', ')}`);
        process.exit();
      }, grace).unref();
    });
  }
}

module.exports = CountingReporter;
