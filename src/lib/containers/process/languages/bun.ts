import type { LoopLanguage } from './language.js';

/** Bun, which is ours: an action for node in scope under its name, through the same launcher as `nodejs-loop` (action-interface.md §3.7). */
export const bun: LoopLanguage = {
  family: 'bun',
  interpreter: (interpreters, kind) =>
    interpreters.plain(kind, { program: 'bun', package: 'npm:bun' }, (program) =>
      Promise.resolve({ program, detail: `bun: ${program}` }),
    ),
  source: { file: () => 'index.js', aliases: ['exec'] },
  initErrors: 'logged',
  host: {
    type: 'launcher',
    launcher: 'nodejs-loop/launcher.cjs',
    args: ({ launcher, modules }) => [launcher, ...modules],
    environment: {},
    overhead: 4096,
    prestart: true,
  },
};
