import { isJsonObject, type JsonObject, type JsonValue } from '../../entity/json.js';
import { maxPayloadBytes } from '../../entity/limits.js';
import { messages } from '../../entity/messages.js';
import { GatewayFailure } from './gateway-failure.js';
import { targetOf } from './route-target.js';
import { type DocumentedOperation, itemsOf, memberOf, operationsOf, pathsOf } from './swagger-document.js';

/** The last check of an API before it is stored; throws GatewayFailure (openwhisk-api.md §18.5). */
export function checkDocument(basePath: string, document: JsonObject, text: string): void {
  const paths = document['paths'];
  if (/\{[^}]*\}/.test(basePath)) throw refused(messages.basePathParameters(basePath));
  if (!isJsonObject(paths) || !Object.values(paths).every(isJsonObject)) throw refused(messages.swaggerPaths);
  for (const operation of operationsOf(document)) checkOperation(document, operation);
  const size = Buffer.byteLength(text);
  if (size > maxPayloadBytes) throw refused(messages.larger('API document', size, maxPayloadBytes));
}

function checkOperation(document: JsonObject, operation: DocumentedOperation): void {
  const { path, verb } = operation;
  const target = targetOf(operation);
  if (target === undefined) throw refused(messages.apiTarget(path, verb));
  const used = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  if (used.length === 0) return;
  const item = memberOf(pathsOf(document), path);
  const defined = [
    ...itemsOf(operation.operation['parameters']),
    ...itemsOf(isJsonObject(item) ? item['parameters'] : undefined),
  ].map(nameOf);
  const unknown = used.find((name) => !defined.includes(name));
  if (unknown !== undefined) throw refused(messages.pathParameterUnknown(unknown, path));
  if (!target.path.endsWith('.http')) throw refused(messages.pathParametersNeedHttp);
}

function nameOf(parameter: JsonValue): JsonValue | undefined {
  return isJsonObject(parameter) ? parameter['name'] : undefined;
}

function refused(detail: string): GatewayFailure {
  return new GatewayFailure(messages.apiCreation(detail));
}
