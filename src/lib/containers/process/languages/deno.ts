import type { LoopLanguage } from './language.js';

/** Deno: the default export of `main.ts`, loaded as it is and not bundled (action-interface.md §3.7). */
export const deno: LoopLanguage = {
  family: 'deno',
  interpreter: (interpreters, kind) =>
    interpreters.plain(kind, { program: 'deno', package: 'npm:deno' }, (program) =>
      Promise.resolve({ program, detail: `deno: ${program}` }),
    ),
  source: { file: () => 'main.ts', aliases: ['main.js', 'index.ts', 'index.js'] },
  initErrors: 'logged',
  host: {
    type: 'launcher',
    launcher: 'deno/launcher.mjs',
    args: ({ launcher, memory }) => [
      'run',
      '-A',
      '--no-prompt',
      '--quiet',
      `--v8-flags=--max-old-space-size=${String(memory)}`,
      launcher,
    ],
    environment: { DENO_NO_UPDATE_CHECK: '1' },
    overhead: 1024,
    prestart: true,
  },
};
