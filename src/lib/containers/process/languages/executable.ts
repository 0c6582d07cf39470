import type { LoopLanguage } from './language.js';

/** Any program that speaks the action loop: a single file, or `exec` of an archive (action-interface.md §3.8). */
export const executable: LoopLanguage = {
  family: 'blackbox',
  images: /(^|\/)actionloop-base(:|$)/,
  interpreter: () => Promise.resolve({ program: '/bin/sh', detail: 'runs executables of this machine' }),
  source: { file: () => 'exec', aliases: [] },
  initErrors: 'returned',
  host: { type: 'program', acknowledges: 'by environment' },
};
