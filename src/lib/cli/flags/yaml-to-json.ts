import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, YAMLParseError } from 'yaml';
import { isJson } from '../json-text.js';

/** Why a text is not a YAML document that can be written as JSON. */
export class YamlProblem extends Error {
  constructor(
    message: string,
    /** ` at line 2, column 3`, or empty. */
    readonly place: string,
  ) {
    super(message);
    this.name = 'YamlProblem';
  }
}

/** One YAML document as JSON text; numbers keep their digits (C-24). Only loaded when a YAML file is read. Throws YamlProblem. */
export function yamlToJson(text: string): string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw problemOf(error);
  try {
    // Expands every alias once, within the package's bound, so that a small file cannot grow without limit below.
    document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new YamlProblem(cause instanceof Error ? cause.message : String(cause), '');
  }
  return nodeText(document.contents, document);
}

function problemOf(error: unknown): YamlProblem {
  if (!(error instanceof YAMLParseError)) return new YamlProblem(String(error), '');
  const [start] = error.linePos ?? [];
  const place = start === undefined ? '' : ` at line ${String(start.line)}, column ${String(start.col)}`;
  const [sentence = ''] = error.message.split('\n');
  return new YamlProblem(sentence.replace(/ at line \d+, column \d+:?$/, ''), place);
}

function nodeText(node: unknown, document: Document.Parsed): string {
  if (isAlias(node)) return nodeText(node.resolve(document), document);
  if (isSeq(node)) return `[${node.items.map((item) => nodeText(item, document)).join(',')}]`;
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => `${keyText(key)}:${nodeText(value, document)}`);
    return `{${members.join(',')}}`;
  }
  return isScalar(node) ? scalarText(node.value, node.source) : 'null';
}

function keyText(key: unknown): string {
  const value = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))) : key;
  if (typeof value !== 'string') throw new YamlProblem('a key is not a text', '');
  return JSON.stringify(value);
}

function scalarText(value: unknown, source: string | undefined): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (source !== undefined && isJson(source)) return source;
  if (Number.isFinite(value)) return JSON.stringify(value);
  throw new YamlProblem(`${String(source)} is not a number in JSON`, '');
}
