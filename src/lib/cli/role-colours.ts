import { Chalk } from 'chalk';
import type { Palette } from './terminal.js';

/** The colour of each role, whatever the streams are: the caller knows where colours are shown. */
export function roleColours(): Palette {
  const chalk = new Chalk({ level: 1 });
  return {
    name: chalk.bold,
    ok: chalk.green,
    error: chalk.red,
    warning: chalk.yellow,
    hint: chalk.cyan,
    dim: chalk.dim,
  };
}
