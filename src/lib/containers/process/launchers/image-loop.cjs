'use strict';

// The first program of an image of a language that speaks the action loop. Arguments: the kind.

const { systemClock, serveLoop } = require('./image-proxy.cjs');

serveLoop({
  kind: process.argv[2],
  port: Number(process.env.__RT_PORT),
  box: process.cwd(),
  launchers: __dirname,
  node: process.execPath,
  nodeVersion: process.versions.node,
  environment: process.env,
  output: { stdout: process.stdout, stderr: process.stderr },
  clock: systemClock,
}).then(
  // Docker's init passes this status on.
  () => process.exit(1),
  (error) => {
    console.error(error.message);
    process.exit(127);
  },
);
