import type { LoopLanguage } from './language.js';

/**
 * Node as OpenServerless runs it, through the action loop: the function must be in scope under its name, and nothing ends the process but
 * itself (action-interface.md §3.1). Kinds with its images in the manifest behave so.
 */
export const nodejsLoop: LoopLanguage = {
  family: 'nodejs',
  images: /(^|\/)(openserverless-)?runtime-nodejs/,
  interpreter: (interpreters, kind) => interpreters.node(kind),
  source: { file: () => 'index.js', aliases: ['exec'] },
  initErrors: 'logged',
  host: {
    type: 'launcher',
    launcher: 'nodejs-loop/launcher.cjs',
    args: ({ launcher, modules }) => [launcher, ...modules],
    environment: {},
    prestart: true,
  },
};
