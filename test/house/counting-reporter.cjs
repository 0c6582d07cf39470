'use strict';

const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Milliseconds that the process may take to end by itself after the last test. */
const grace = 20_000;

/**
 * mocha's `spec` reporter that also writes
 * `{"passed": n, "failed": n, "pending": n, "failures": [text], "retried": [text]}` to the file named by the reporter option `output`,
 * so that `.ci/run` need not read numbers out of text and can name the failures in its last lines. `retried` are the tests that failed
 * first and passed when mocha's `--retries` ran them again. What tests left open, a server for instance, would keep the process alive
 * for ever: after some time it is named, counted as one more failure, and the process ends.
 */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOptions ?? {};
    const failures = [];
    const retried = [];
    const broken = new Set();
    const describeFailure = (test, error) =>
      `${test.fullTitle()}: ${String(error?.message ?? error)
        .split('\n', 3)
        .join(' ')}`;
    runner.on('fail', (test, error) => {
      failures.push(describeFailure(test, error));
      broken.add(test.fullTitle());
    });
    runner.on('retry', (test, error) => retried.push({ title: test.fullTitle(), text: describeFailure(test, error) }));
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending } = this.stats;
      const write = (more = []) => {
        if (output === undefined) return;
        const passedLater = retried.filter(({ title }) => !broken.has(title)).map(({ text }) => text);
        const counts = {
          passed,
          failed: failed + more.length,
          pending,
          failures: [...failures, ...more],
          retried: passedLater,
        };
        writeFileSync(output, JSON.stringify(counts));
      };
      write();
      setTimeout(() => {
        const left = `tests left something open: ${process.getActiveResourcesInfo().join(', ')}`;
        write([left]);
        console.error(`FAILED: ${left}`);
        process.exit();
      }, grace).unref();
    });
  }
}

module.exports = CountingReporter;
