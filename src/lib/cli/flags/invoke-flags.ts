import { boolean, string } from '@oclif/core/flags';
import { parameterFlags } from './parameters.js';
import { waitFlag } from './wait-flag.js';

const waits = { default: false, exclusive: ['no-wait'] };

/** The flags of `action invoke` (§11.1). */
export const invokeFlags = {
  blocking: boolean({ ...waits, char: 'b', summary: 'wait for the activation and show its record' }),
  result: boolean({ ...waits, char: 'r', summary: 'wait for the activation and show only its result' }),
  full: boolean({ ...waits, char: 'f', summary: 'the same as --blocking' }),
  'no-wait': boolean({ default: false, char: 'n', summary: 'do not wait (the default)' }),
  wait: waitFlag({
    summary: 'keep waiting, by default up to 10m, when the activation takes longer than the host waits',
  }),
  logs: boolean({ ...waits, summary: 'wait, and show the log lines on stderr behind the result' }),
  web: boolean({
    default: false,
    exclusive: ['blocking', 'full', 'logs', 'wait', 'body'],
    summary: 'open the URL of the web action in a browser, parameters as its query',
  }),
  body: string({
    helpValue: 'FILE',
    exclusive: Object.keys(parameterFlags),
    summary: 'JSON file that is sent as the argument, any value; - reads stdin',
  }),
  ...parameterFlags,
};
