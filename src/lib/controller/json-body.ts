import { isJsonObject, type JsonObject, parseJson } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import { MalformedContent, Rejection } from '../errors/rejection.js';

/** A body that must be there and be an object: `PUT` on entities, `POST` on rules (openwhisk-api.md §2.1). */
export function requiredObject(text: string): JsonObject {
  if (text === '') throw new Rejection(400, messages.entityExpected);
  return optionalObject(text);
}

/** The arguments of an invocation or a fire: an object, or nothing, which counts as `{}` (openwhisk-api.md §2.1). */
export function optionalObject(text: string): JsonObject {
  if (text === '') return {};
  const json = parseJson(text);
  if (!isJsonObject(json)) throw new MalformedContent(messages.objectExpected);
  return json;
}
