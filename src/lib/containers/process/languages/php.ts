import type { LoopLanguage } from './language.js';

/** PHP: `index.php` is required, after the `vendor/autoload.php` of an archive (action-interface.md §3.3). */
export const php: LoopLanguage = {
  family: 'php',
  interpreter: (interpreters, kind) => interpreters.versioned(kind, { program: 'php', package: 'php-cli' }),
  source: { file: () => 'index.php', aliases: [] },
  initErrors: 'returned',
  host: {
    type: 'launcher',
    launcher: 'php/launcher.php',
    args: ({ launcher, memory }) => [
      ...['-d', 'display_errors=stderr', '-d', 'log_errors=0', '-d', 'variables_order=EGPCS', '-d', 'html_errors=0'],
      ...['-d', 'opcache.enable_cli=0', '-d', `memory_limit=${String(memory)}M`, launcher],
    ],
    environment: {},
    prestart: true,
  },
};
