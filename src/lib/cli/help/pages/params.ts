import type { HelpPage } from '../help-page.js';

/** `rt help params` */
export const paramsPage: HelpPage = {
  summary: 'Parameters, annotations and environment values',
  parts: [
    {
      text:
        'A pair flag takes exactly two words, KEY and VALUE, wherever it stands. A VALUE that is a JSON text as a whole is sent as that ' +
        'JSON value, everything else as text, byte for byte; numbers keep their digits.',
    },
    {
      title: 'FLAGS',
      rows: [
        ['-p, --param KEY VALUE', 'a parameter'],
        ['-P, --param-file FILE', 'a JSON or YAML file with one object; - is stdin'],
        ['--param-string KEY VALUE', 'text, whatever it looks like'],
        ['--param-from KEY SOURCE', 'from a file, from stdin (-), or from a variable (env:NAME): for secrets'],
        ['-a, -A', 'the same for annotations'],
        ['-e, -E', 'the same for environment variables of the action; -E also reads .env files'],
      ],
    },
    {
      title: 'WHAT A VALUE BECOMES',
      rows: [
        ['1, -5, 1e3', 'a number'],
        ['007', 'text'],
        ['true, null', 'true, null'],
        ['True', 'text'],
        ['"1"', 'the text 1 (the quotes must reach rt)'],
        ['C:\\new', 'text with the backslash'],
        ['{"a":1}', 'an object'],
        ['{"a":', 'an error: use --param-string to send it as text'],
      ],
    },
    {
      text:
        'Files come first, in the order of the line, then --param-from, --param-string and -p; a later value replaces an earlier one of the ' +
        'same key. Behind rt invoke NAME, words KEY=VALUE are parameters too.',
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt action invoke hello --result -p name Bob -p times 3',
        "$ rt action invoke hello -r -p list '[1, 2, 3]' --param-string version 1.10",
        '$ rt action create notify notify.js --param-from token env:TOKEN',
        '$ rt invoke hello name=Bob',
        '$ rt action update hello -P defaults.yaml',
      ],
    },
  ],
};
