import { Rejection } from '../errors/rejection.js';
import { messages } from './messages.js';
import type { Random } from './random.js';

const idLength = 32;

/** Digits of the time: enough for eight thousand years. */
const timeLength = 12;

/**
 * A new activation id: 32 lower-case hexadecimal digits (openwhisk-api.md §5). It begins with the time, epoch milliseconds, and goes on with 80
 * unpredictable bits: rows of one moment lie together in the index of a store, however large it is (P-43, P-2A).
 */
export function newActivationId(time: number, random: Random): string {
  return time.toString(16).padStart(timeLength, '0') + random.hex((idLength - timeLength) / 2);
}

/** The activation id of a path; a Rejection with the texts of openwhisk-api.md §10.6 when it is not one. */
export function parseActivationId(text: string): string {
  if (text.length !== idLength) throw new Rejection(400, messages.activationIdLength(text.length));
  if (!/^[0-9a-f]{32}$/.test(text)) throw new Rejection(400, messages.activationIdIllegal);
  return text;
}
