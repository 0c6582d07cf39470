import { Rejection } from '../errors/rejection.js';
import { messages } from './messages.js';
import type { Random } from './random.js';

const idLength = 32;

/** A new activation id: 32 lower-case hexadecimal digits (openwhisk-api.md §5). */
export function newActivationId(random: Random): string {
  return random.hex(idLength / 2);
}

/** The activation id of a path; a Rejection with the texts of openwhisk-api.md §10.6 when it is not one. */
export function parseActivationId(text: string): string {
  if (text.length !== idLength) throw new Rejection(400, messages.activationIdLength(text.length));
  if (!/^[0-9a-f]{32}$/.test(text)) throw new Rejection(400, messages.activationIdIllegal);
  return text;
}
