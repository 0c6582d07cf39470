import type { LoopLanguage } from './language.js';

/** Ruby, in the form of the action loop: `main__.rb` is loaded, `<main>` is called (action-interface.md §3.4). */
export const ruby: LoopLanguage = {
  family: 'ruby',
  interpreter: (interpreters, kind) => interpreters.versioned(kind, { program: 'ruby', package: 'ruby' }),
  source: { file: () => 'main__.rb', aliases: ['main.rb'] },
  initErrors: 'returned',
  host: {
    type: 'launcher',
    launcher: 'ruby/launcher.rb',
    args: ({ launcher }) => [launcher],
    environment: {},
    prestart: true,
  },
};
