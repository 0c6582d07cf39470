import { exitStatus } from '../../../errors/exit-status.js';
import type { HelpPage } from '../help-page.js';

/** `rt help exit-codes`: the table of `errors/exit-status.ts`. */
export const exitCodesPage: HelpPage = {
  summary: 'Exit codes',
  parts: [
    {
      title: 'CODES',
      rows: [
        [String(exitStatus.done), 'done'],
        [
          String(exitStatus.failed),
          'anything else, internal error; platform status: not running; doctor: a check failed',
        ],
        [String(exitStatus.usage), 'usage: flag, argument, name, file, value, missing configuration'],
        [String(exitStatus.network), 'network: no usable answer'],
        [String(exitStatus.platform), 'the local platform cannot start or a runtime is not available'],
        [String(exitStatus.changes), 'with --detailed-exitcode: there is something to change'],
        [String(exitStatus.unknownCommand), 'no such command'],
        [`${String(exitStatus.interrupted)}, ${String(exitStatus.terminated)}`, 'interrupted by SIGINT, SIGTERM'],
        [
          'STATUS - 256',
          'an HTTP error status: 144 bad request, 145 key not valid, 147 not allowed, 148 not found, 153 conflict',
        ],
        [String(exitStatus.pending), 'accepted, result not ready'],
        [String(exitStatus.actionFailed), 'the action ended with an error'],
      ],
    },
    { text: 'The code is the same with --json and --quiet.' },
  ],
};
