import { MalformedContent, Rejection } from '../errors/rejection.js';
import type { BlackboxExec, CodeExec, Exec, SequenceExec } from './exec.js';
import { formatFullyQualifiedName, parseReference } from './fully-qualified-name.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json.js';
import { maxExecBytes } from './limits.js';
import { messages } from './messages.js';

/** What the parser has to know about the runtimes manifest. */
export interface KnownKinds {
  /** Trims, lowers the case and resolves `family:default`. */
  resolve(
    kind: string,
  ): { readonly kind: string; readonly requireMain: boolean; readonly deprecated: boolean } | undefined;
  /** Names of the kinds for the message about an unknown one. */
  validValues(): readonly string[];
}

/** An exec of a request body and its code, which the store keeps apart. */
export interface ParsedExec {
  readonly exec: Exec;
  /** Source text or base64; absent for sequences and images without code. */
  readonly code?: string;
}

/** `[registry/][user/]name[:tag][@digest]`; every part is one character class, so that matching stays linear. */
const imageRule =
  /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?\/)?(?:[a-z0-9._-]+\/)*[a-z0-9._-]+(?::\w[\w.-]{0,127})?(?:@[A-Za-z0-9+._-]+:[0-9a-fA-F]{32,})?$/;

/** Longest image name that is looked at. */
const maxImageLength = 512;

/**
 * Reads `exec` of a request body (openwhisk-api.md §7.3). Throws MalformedContent with the details of the table there,
 * 413 for code above 48 MB and the text about deprecated kinds.
 */
export function parseExec(value: JsonValue, kinds: KnownKinds, callerNamespace: string): ParsedExec {
  if (!isJsonObject(value)) throw new MalformedContent(messages.execObject);
  if (typeof value['kind'] !== 'string') throw new MalformedContent(messages.kindString);
  const kind = value['kind'].trim().toLowerCase();
  if (kind === 'sequence') return { exec: parseSequence(value, callerNamespace) };
  if (kind === 'blackbox') return parseBlackbox(value);
  return parseCode(value, kind, kinds);
}

/**
 * Whether code is taken for base64 of an archive or a program (openwhisk-api.md §7.3): only base64 characters, correct
 * padding, a positive multiple of 4. Short texts such as `abcd` count as binary too, as in the reference (§24, 13).
 */
export function isBinaryCode(code: string): boolean {
  if (code.length === 0 || code.length % 4 !== 0) return false;
  const padding = code.endsWith('==') ? 2 : code.endsWith('=') ? 1 : 0;
  return !/[^A-Za-z0-9+/]/.test(padding === 0 ? code : code.slice(0, -padding));
}

/** Refuses a deprecated kind, which may be read and deleted only (openwhisk-api.md §7.3). */
export function refuseDeprecated(kind: string, kinds: KnownKinds): void {
  if (kinds.resolve(kind)?.deprecated === true) throw new Rejection(400, messages.kindDeprecated(kind));
}

function parseCode(value: JsonObject, given: string, kinds: KnownKinds): ParsedExec {
  const known = kinds.resolve(given);
  if (known === undefined) {
    const valid = [...new Set([...kinds.validValues(), 'blackbox', 'sequence'])];
    throw new MalformedContent(messages.kindUnknown(given, valid));
  }
  const { kind } = known;
  const code = value['code'];
  if (typeof code !== 'string') throw new MalformedContent(messages.codeString(kind));
  const main = parseMain(value, kind);
  if (main === undefined && known.requireMain) throw new MalformedContent(messages.mainString(kind));
  checkSize(code);
  refuseDeprecated(kind, kinds);
  const exec: CodeExec = { kind, binary: isBinaryCode(code), ...(main === undefined ? {} : { main }) };
  return { exec, code };
}

function parseBlackbox(value: JsonObject): ParsedExec {
  const { image, code } = value;
  if (typeof image !== 'string') throw new MalformedContent(messages.imageString);
  if (image.length > maxImageLength || !imageRule.test(image.trim())) {
    throw new MalformedContent(messages.imageMalformed);
  }
  if (code !== undefined && typeof code !== 'string') throw new MalformedContent(messages.codeString('blackbox'));
  const main = parseMain(value, 'blackbox');
  const kept = code === undefined || code.trim() === '' ? undefined : code;
  checkSize(kept ?? '');
  const exec: BlackboxExec = {
    kind: 'blackbox',
    image: image.trim(),
    binary: kept !== undefined && isBinaryCode(kept),
    ...(main === undefined ? {} : { main }),
  };
  return kept === undefined ? { exec } : { exec, code: kept };
}

function parseSequence(value: JsonObject, callerNamespace: string): SequenceExec {
  const components = value['components'];
  if (components === undefined) throw new MalformedContent(messages.componentsMissing);
  if (!Array.isArray(components)) throw new MalformedContent(messages.componentsArray);
  const names = components.map((component: JsonValue) => {
    if (typeof component !== 'string') throw new MalformedContent(messages.nameMalformed);
    return formatFullyQualifiedName(parseReference(component, callerNamespace));
  });
  return { kind: 'sequence', components: names };
}

function parseMain(value: JsonObject, kind: string): string | undefined {
  const { main } = value;
  if (main !== undefined && typeof main !== 'string') throw new MalformedContent(messages.mainString(kind));
  return main;
}

function checkSize(code: string): void {
  const size = Buffer.byteLength(code);
  if (size > maxExecBytes) throw new Rejection(413, messages.larger('exec', size, maxExecBytes));
}
