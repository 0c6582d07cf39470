import type { Random } from '../entity/random.js';

/** Bytes of a generated id: 32 characters. */
const generatedBytes = 16;

/**
 * The transaction id of a request: the client's `X-Request-ID`, or a new one when it gave none, one that starts with
 * `sid_` (openwhisk-api.md §2.4) or one that must not be echoed (RS-207).
 */
export function transactionIdOf(given: string | readonly string[] | undefined, random: Random): string {
  const echoed = typeof given === 'string' && /^[\x21-\x7e]{1,256}$/.test(given) && !given.startsWith('sid_');
  return echoed ? given : random.hex(generatedBytes);
}
