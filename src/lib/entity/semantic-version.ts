import { MalformedContent } from '../errors/rejection.js';
import type { JsonValue } from './json.js';
import { messages } from './messages.js';

/** The version of a new entity (openwhisk-api.md §6.2). */
export const firstVersion = '0.0.1';

/**
 * A version from a request body: missing parts count as 0, parts after the third are ignored (openwhisk-api.md §5).
 * Throws MalformedContent `semantic version malformed`.
 */
export function parseSemanticVersion(value: JsonValue): string {
  if (typeof value !== 'string') throw new MalformedContent(messages.versionMalformed);
  const [major = '0', minor = '0', patch = '0'] = value.split('.', 3);
  const parts = [major, minor, patch].map(parsePart);
  if (parts.every((part) => part === 0)) throw new MalformedContent(messages.versionMalformed);
  return parts.join('.');
}

/** The version after an update: patch part plus one. */
export function nextVersion(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.split('.', 3);
  return `${major}.${minor}.${String(Number(patch) + 1)}`;
}

function parsePart(text: string): number {
  // Nine digits stay exact when they are counted up.
  if (!/^\d{1,9}$/.test(text)) throw new MalformedContent(messages.versionMalformed);
  return Number(text);
}
