import type { HelpPage } from '../help-page.js';

/** `rt help migrating-from-wsk` */
export const migratingFromWskPage: HelpPage = {
  summary: 'For users of wsk',
  parts: [
    {
      text:
        'alias wsk=rt is meant to work: commands, flags, success lines, the first columns of lists and exit codes are those of wsk, and ' +
        '.wskprops is read and written. These things differ on purpose:',
    },
    {
      title: 'DIFFERENCES',
      rows: [
        ['usage errors', 'always exit with 2; an unknown command exits with 127, wsk action bogus exits with 0'],
        ['traces', '-v and -d print to stderr, not to stdout'],
        ['parameters', '-p beats -P wherever it stands; C:\\new and say "hi" are sent as they are'],
        ['trigger fire', 'without an active rule it says so in the place of an empty id'],
        ['feeds', 'the activation of the feed is shown only with -v; trigger get shows the trigger first'],
        ['package, trigger', 'delete takes several names'],
        ['activation get', 'a field may be a path, response.result; an unknown one exits with 2'],
        ['activation poll', 'prints plain lines, oldest first; Ctrl-C exits with 130'],
        ['property get', 'masks the key unless --auth is given, and calls the host only for what it alone knows'],
        ['property set', 'without a flag is an error'],
        ['no configuration', 'the local platform is used, never a host of some vendor'],
      ],
    },
    {
      title: 'NEW',
      rows: [
        ['--json, --quiet', 'on every command (rt help output)'],
        ['-e, -E', 'environment variables of an action'],
        ['folders', 'rt action create NAME FOLDER zips the folder'],
        ['--all', 'every entry of a list'],
        ['invoke --wait, --logs', 'wait for long activations; log lines with the result'],
        ['--cacert', 'trust a certificate instead of -i'],
      ],
    },
    {
      title: 'EXAMPLES',
      lines: ['$ rt wsk action list', '$ rt -i action list --limit 5', '$ rt action invoke hello -r -p name Bob'],
    },
  ],
};

/** `rt help migrating-from-aio` */
export const migratingFromAioPage: HelpPage = {
  summary: 'For users of aio rt',
  parts: [
    {
      text:
        'alias aio=rt is meant to work for aio rt and aio runtime: rt rt:action:create and rt runtime action list are understood, colons or ' +
        'blanks, and AIO_RUNTIME_APIHOST, AIO_RUNTIME_AUTH and AIO_RUNTIME_NAMESPACE are read.',
    },
    {
      title: 'DIFFERENCES',
      rows: [
        ['success', "prints wsk's ok: line; aio is silent (--quiet)"],
        ['lists', 'have no borders; the first word of a row is the full name'],
        [
          'parameters',
          '-p takes exactly two words, so arguments may follow it; 1 and null are a number and null, not text',
        ],
        [
          'failures',
          'an action that fails exits with 246, a server error with its status - 256, aio exits with 0 and 2',
        ],
        ['202', 'a result that is not ready exits with 202'],
        ['--debug', 'takes a filter only with =; activation logs -d is --deployed'],
        ['-v', 'is --verbose, never the version'],
        ['--web', 'sets web-export, raw-http and final, as wsk does'],
        ['--web-secure true', 'makes a random secret and shows it once'],
        ['package delete', '--recursive deletes the actions of that package only; rules need --rules'],
      ],
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt rt:action:create hello hello.js',
        '$ rt runtime action list --json',
        '$ rt rt action invoke hello -r --param name Bob',
      ],
    },
  ],
};

/** `rt help migrating-from-ops` */
export const migratingFromOpsPage: HelpPage = {
  summary: 'For users of ops',
  parts: [
    {
      text: 'alias ops=rt is meant to work for the commands about entities, and ops -wsk … is understood.',
    },
    {
      title: 'DIFFERENCES',
      rows: [
        ['ops invoke', 'rt invoke NAME key=value splits at the first =, so a=b=c sends b=c'],
        ['ops s s', 'words are never abbreviated'],
        ['ops -login', 'rt login'],
        ['ops url, logs, result', 'the same words'],
        ['ops setup', 'rt platform start runs a platform on this machine without containers'],
        ['.env', 'OPS_APIHOST is read from it'],
      ],
    },
    {
      title: 'EXAMPLES',
      lines: ['$ rt invoke hello name=Bob', '$ rt url hello', '$ rt -wsk action list'],
    },
  ],
};
