import { bun } from './bun.js';
import { deno } from './deno.js';
import { executable } from './executable.js';
import { go } from './go.js';
import { java } from './java.js';
import type { LoopLanguage } from './language.js';
import { nodejsLoop } from './nodejs-loop.js';
import { perl } from './perl.js';
import { php } from './php.js';
import { python } from './python.js';
import { ruby } from './ruby.js';
import { rust } from './rust.js';

/** The languages of the action loop that this driver runs: the first that fits a kind and its image is taken. */
const languages: readonly LoopLanguage[] = [nodejsLoop, python, php, ruby, perl, go, java, rust, deno, bun, executable];

/** The language for a kind of this family whose image is `image`; undefined when there is none. */
export function findLanguage(family: string, image: string): LoopLanguage | undefined {
  return languages.find((language) => language.family === family && language.images?.test(image) !== false);
}
