import { boolean, string } from '@oclif/core/flags';
import { drivers, logLevels, pullPolicies, sandboxes } from '../../platform/launcher/platform-options.js';
import { pairFlag } from './pair.js';
import { durationFlag, sizeFlag, wholeFlag } from './units.js';

/** Options of a platform that starts, for `platform start` and `platform restart` (cli.md §14.1). */
export const platformFlags = {
  port: wholeFlag({ char: 'p', summary: 'port of the API, 0 for any free one (default 3233, RT_PLATFORM_PORT)' }),
  host: string({ helpValue: 'ADDRESS', summary: 'address of the API (default 127.0.0.1, RT_PLATFORM_HOST)' }),
  driver: string({ options: [...drivers], summary: 'how actions run (default auto, RT_PLATFORM_DRIVER)' }),
  pull: string({ options: [...pullPolicies], summary: 'when the docker driver pulls images (default missing)' }),
  sandbox: string({
    options: [...sandboxes],
    summary: 'what holds actions of the process driver back (default limits, RT_PLATFORM_SANDBOX)',
  }),
  runtimes: string({ char: 'm', helpValue: 'FILE', summary: 'runtimes manifest (RT_RUNTIMES, WSK_RUNTIMES_JSON)' }),
  'data-dir': string({ helpValue: 'FOLDER', summary: 'where entities and activations are kept' }),
  ephemeral: boolean({ default: false, summary: 'keep nothing on disk' }),
  clean: boolean({ default: false, summary: 'move what is stored aside and start empty' }),
  metrics: boolean({ default: false, summary: 'serve GET /metrics for Prometheus, without authentication' }),
  pool: sizeFlag({ summary: 'memory for runtimes (default 2048MB)' }),
  idle: durationFlag({ summary: 'stop idle runtimes after this time (default 10m)' }),
  'auto-stop': durationFlag({ summary: 'stop the platform after this time without a request (default never)' }),
  prewarm: string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'KIND=NUMBER',
    summary: 'runtimes that are kept ready, nodejs:20=2',
  }),
  user: pairFlag({ helpValue: 'NAME KEY', summary: 'a namespace and its key' }),
  limits: string({ helpValue: 'FILE', summary: 'limits of namespaces, as JSON' }),
  wait: durationFlag({ default: 30_000, summary: 'time until it must be ready (default 30s)' }),
  'log-level': string({ options: [...logLevels], summary: 'least level of log lines (default info)' }),
};
