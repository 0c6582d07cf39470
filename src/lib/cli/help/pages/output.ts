import type { HelpPage } from '../help-page.js';

/** `rt help output` */
export const outputPage: HelpPage = {
  summary: 'What is printed, and where',
  parts: [
    {
      text:
        'The answer goes to stdout; errors, warnings, notes, hints, progress and traces go to stderr. A file behind > never holds anything ' +
        'but the answer.',
    },
    {
      title: 'FORMS',
      rows: [
        ['text', "wsk's lines and lists; our own columns stand behind wsk's"],
        ['wide', 'text with more columns'],
        ['json', 'exactly one JSON document, also for failures; --json is short for it'],
        ['yaml', 'the same document as YAML'],
        ['name', 'one full name a line, for lists'],
      ],
    },
    {
      text:
        'RT_OUTPUT=json chooses the form for a whole script. --json is compact unless stdout is a terminal; --json=pretty and --json=compact ' +
        'decide. --quiet leaves only the data: no ok: lines, notes or warnings. Numbers and the order of members reach you unchanged.',
    },
    {
      title: 'A FAILURE WITH --json',
      lines: ['{"error":{"message":"…","hint":"…","code":"not_found","status":404,"tid":"…","exitCode":148}}'],
    },
    {
      title: 'EXAMPLES',
      lines: [
        '$ rt action list --json',
        '$ rt action list --output name | xargs -n1 rt action get',
        '$ rt action invoke hello --quiet',
      ],
    },
  ],
};
