import type { HelpPage } from '../help-page.js';

/** `rt help config` */
export const configPage: HelpPage = {
  summary: 'Configuration files',
  parts: [
    {
      title: 'FILES',
      rows: [
        [
          '~/.wskprops',
          "wsk's properties, one KEY=VALUE a line: APIHOST, AUTH, APIVERSION, NAMESPACE, CERT, KEY, INSECURE",
        ],
        ['.env', 'variables of the connection, in the working directory'],
        ['.rt.json', 'a project: its context, its manifest, or keys of the connection'],
        ['.aio, ~/.config/aio', "aio's runtime section, read only"],
        ['~/.config/rt/config.json', 'contexts and settings of rt'],
        ['~/.local/share/rt', 'the local platform and its data'],
      ],
    },
    {
      text:
        'rt property set writes .wskprops and keeps its comments, unknown keys and order. Files with keys have mode 0600. Which place wins is ' +
        'the subject of rt help connection; rt help environment lists the variables.',
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt property set --apihost openwhisk.example.org --auth UUID:KEY',
        '$ rt property get --show-source',
        '$ rt property unset --auth',
      ],
    },
  ],
};
