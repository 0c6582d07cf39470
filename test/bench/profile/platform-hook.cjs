'use strict';

/*
 * Required by every node in a profiled playground, by NODE_OPTIONS; acts only in the platform's process. Profiles from its start when
 * RT_BENCH_PROFILE_FROM is `start`, else from the first SIGUSR2; the next SIGUSR2 writes `platform.cpuprofile` into RT_BENCH_PROFILE.
 */

const path = require('node:path');

if (path.basename(process.argv[1] ?? '') === 'platform.cjs') watch(process.env.RT_BENCH_PROFILE);

function watch(folder) {
  const fs = require('node:fs');
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 100 });
  let running = process.env.RT_BENCH_PROFILE_FROM === 'start';
  if (running) session.post('Profiler.start');
  process.on('SIGUSR2', () => {
    if (!running) {
      running = true;
      session.post('Profiler.start');
      fs.writeFileSync(path.join(folder, 'started'), '');
      return;
    }
    session.post('Profiler.stop', (error, { profile } = {}) => {
      const file = path.join(folder, 'platform.cpuprofile');
      fs.writeFileSync(`${file}.tmp`, JSON.stringify(profile ?? { error: String(error) }));
      fs.renameSync(`${file}.tmp`, file);
    });
  });
}
