import { hash, timingSafeEqual } from 'node:crypto';
import { ExactNumber, type JsonValue } from '../../entity/json.js';

/** What a caller shows to be let in. */
export interface WebCredentials {
  /** Whether it sent valid Basic credentials, of any namespace. */
  readonly authenticated: boolean;
  /** The header `X-Require-Whisk-Auth`, as Node read it. */
  readonly secret: string | undefined;
}

/** Whether the annotation `require-whisk-auth` lets a caller in (openwhisk-api.md §17.3). */
export function mayRun(annotation: JsonValue | undefined, { authenticated, secret }: WebCredentials): boolean {
  if (annotation === undefined || annotation === false) return true;
  if (annotation === true) return authenticated;
  const expected = secretOf(annotation);
  return expected !== undefined && secret !== undefined && isSameSecret(expected, secret);
}

function secretOf(annotation: JsonValue): string | undefined {
  if (typeof annotation === 'string') return annotation;
  if (annotation instanceof ExactNumber) return annotation.text;
  return typeof annotation === 'number' ? String(annotation) : undefined;
}

/** Compares in constant time (RS-213); Node reads header bytes as Latin-1. */
function isSameSecret(expected: string, given: string): boolean {
  const digest = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');
  return timingSafeEqual(digest(Buffer.from(expected)), digest(Buffer.from(given, 'latin1')));
}
