import { custom } from '@oclif/core/flags';

/** KEY and VALUE of one use of a pair flag (C-20). */
export interface Pair {
  readonly key: string;
  readonly value: string;
  /** Place on the command line, so that uses of different flags can be put in order (C-27). */
  readonly position: number;
}

/** No argument of a process can contain NUL, so it separates without escaping. */
const separator = '\u0000';

/** One opaque word for a pair, which passes through oclif's parser whatever the two words look like (C-5). */
export function encodePair(pair: Pair): string {
  return [pair.position, pair.key, pair.value].join(separator);
}

/** The pair in an opaque word of {@link encodePair}. */
export function decodePair(token: string): Pair {
  const [position = '0', key = '', ...value] = token.split(separator);
  return { key, value: value.join(separator), position: Number(position) };
}

const parsePair = (token: string): Promise<Pair> => Promise.resolve(decodePair(token));

/** Whether a flag is a pair flag: the grammar then gives it two words. */
export function isPairFlag(flag: { readonly parse?: unknown }): boolean {
  return flag.parse === parsePair;
}

/**
 * A repeatable flag that takes exactly two words, KEY and VALUE (C-20). Use: `pairFlag({ char: 'p', summary: '…' })`; the parsed flag is
 * `Pair[] | undefined`.
 */
export const pairFlag = custom<Pair>({
  multiple: true,
  multipleNonGreedy: true,
  helpValue: 'KEY VALUE',
  parse: parsePair,
});
