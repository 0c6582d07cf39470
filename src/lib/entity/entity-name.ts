import { Rejection } from '../errors/rejection.js';
import { messages } from './messages.js';

/** Longest name of an entity, a package or a namespace, in characters (openwhisk-api.md §5). */
const maxNameLength = 256;

/** One class between two single characters: linear on any input (RS-208). `$` without the `m` flag is the end of the text. */
const nameRule = /^[A-Za-z0-9_](?:[A-Za-z0-9_@ .&-]*[A-Za-z0-9_@.&-])?$/;

/** Whether a text is a legal name of an entity, a package or a namespace (openwhisk-api.md §5). */
export function isEntityName(text: string): boolean {
  return text.length <= maxNameLength && nameRule.test(text);
}

/** The name of an entity or a package in a path; a Rejection with the bare texts of openwhisk-api.md §5 when it is none. */
export function parseEntityName(text: string): string {
  if (text.length > maxNameLength) throw new Rejection(400, messages.nameTooLong(text.length));
  if (!nameRule.test(text)) throw new Rejection(400, messages.nameIllegal);
  return text;
}

/** The namespace in a path, `_` included; a Rejection with the bare texts of openwhisk-api.md §5 when it is none. */
export function parseNamespaceName(text: string): string {
  if (text.length > maxNameLength) throw new Rejection(400, messages.namespaceTooLong(text.length));
  if (!nameRule.test(text)) throw new Rejection(400, messages.namespaceIllegal);
  return text;
}
