import type { JsonValue } from '../entity/json.js';
import { type Reading, resolveText } from './reading.js';
import type { ScalarNode, SourceNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** The words that YAML 1.1 takes for booleans and YAML 1.2 for text. */
const yaml11Words: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['on', true],
  ['y', true],
  ['no', false],
  ['off', false],
  ['n', false],
]);

/**
 * The value of an input or annotation: variables replaced at any depth (D-6), words and octal numbers as the YAML 1.1 of wskdeploy reads
 * them, with a warning (D-17). `used` collects the variables.
 */
export function readValue(reading: Reading, node: SourceNode, scope: Scope, used: Set<string>): JsonValue {
  if (node.type === 'list') return node.items.map((item) => readValue(reading, item, scope, used));
  if (node.type === 'map') {
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, readValue(reading, value, scope, used)]));
  }
  if (typeof node.value === 'string') return yaml11Boolean(reading, node) ?? resolveText(reading, node, scope, used);
  return octal(reading, node) ?? node.value;
}

function yaml11Boolean({ diagnostics }: Reading, node: ScalarNode): boolean | undefined {
  if (!node.plain || !/^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/.test(node.text)) return undefined;
  const value = yaml11Words.get(node.text.toLowerCase());
  if (value === undefined) return undefined;
  diagnostics.warning('yaml-1.1-boolean', node, `'${node.text}' is read as the boolean ${String(value)}`, {
    hint: `write ${String(value)}, or '${node.text}' in quotes for the text`,
  });
  return value;
}

function octal({ diagnostics }: Reading, node: ScalarNode): number | undefined {
  if (!node.plain || !/^[-+]?0[0-7]+$/.test(node.text)) return undefined;
  const value = Number.parseInt(node.text, 8);
  diagnostics.warning('yaml-1.1-octal', node, `${node.text} is read as the octal number ${String(value)}`, {
    hint: `write ${String(value)}, or '${node.text}' in quotes for the text`,
  });
  return value;
}
