import type { LoopLanguage } from './language.js';

/** Python: `from main__ import <main>`, in the same process that waits as a stem cell (action-interface.md §3.2). */
export const python: LoopLanguage = {
  family: 'python',
  interpreter: (interpreters, kind) => interpreters.python(kind),
  source: { file: () => 'main__.py', aliases: ['exec', '__main__.py'] },
  initErrors: 'logged',
  host: {
    type: 'launcher',
    launcher: 'python.py',
    args: ({ launcher }) => ['-u', launcher],
    environment: { PYTHONIOENCODING: 'UTF-8' },
    prestart: true,
  },
};
