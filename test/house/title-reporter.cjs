'use strict';

const { writeFileSync } = require('node:fs');

/**
 * A reporter of mocha for `--dry-run`: writes the titles of every test that would run, outermost first, as a JSON array of arrays to the
 * file named by the reporter option `output`. Skipped tests, tests without a function and tests with an empty one are left out.
 */
class TitleReporter {
  constructor(runner, options) {
    const titles = [];
    runner.on('pass', (test) => {
      if (!/\{\s*\}\s*$/u.test(test.body)) titles.push(test.titlePath());
    });
    runner.once('end', () => {
      writeFileSync(options.reporterOptions.output, JSON.stringify(titles));
    });
  }
}

module.exports = TitleReporter;
