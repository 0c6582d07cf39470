import type { LoopLanguage } from './language.js';

/** Perl: `main__.pl` is loaded into package `main`, `<main>` is called with a reference to its arguments. */
export const perl: LoopLanguage = {
  family: 'perl',
  interpreter: (interpreters, kind) =>
    interpreters.plain(kind, { program: 'perl', package: 'perl' }, (program) =>
      Promise.resolve({ program, detail: `perl: ${program}` }),
    ),
  source: { file: () => 'main__.pl', aliases: ['main.pl'] },
  initErrors: 'logged',
  host: {
    type: 'launcher',
    launcher: 'perl/launcher.pl',
    args: ({ launcher }) => [launcher],
    environment: {},
    prestart: true,
  },
};
