import type { KeyRule, KeyTable } from './manifest-keys.js';
import { type Reading, resolveText } from './reading.js';
import { describeNode, isEmpty, type ListNode, type MapNode, type ScalarNode, type SourceNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** The keys that one map may have, checked against its table; empty values count as absent. */
export class Fields {
  private readonly values = new Map<string, SourceNode>();

  /** `what` names the map in messages: `action 'p/a'`. Unknown keys and wrong shapes are reported here (D-28). */
  constructor(
    private readonly reading: Reading,
    readonly node: MapNode,
    table: KeyTable,
    private readonly about: { readonly what: string; readonly scope: Scope },
  ) {
    for (const { key, keyNode, value } of node.entries) {
      const rule = Object.hasOwn(table.keys, key) ? table.keys[key] : undefined;
      if (rule === undefined) this.unknownKey(keyNode, table);
      else if (this.fits(rule, keyNode, value)) this.values.set(key, value);
    }
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  nodeOf(key: string): SourceNode | undefined {
    return this.values.get(key);
  }

  map(key: string): MapNode | undefined {
    const value = this.values.get(key);
    return value?.type === 'map' ? value : undefined;
  }

  list(key: string): ListNode | undefined {
    const value = this.values.get(key);
    return value?.type === 'list' ? value : undefined;
  }

  scalar(key: string): ScalarNode | undefined {
    const value = this.values.get(key);
    return value?.type === 'scalar' ? value : undefined;
  }

  /** The text under a key, its variables replaced. */
  text(key: string): string | undefined {
    const value = this.scalar(key);
    return value === undefined ? undefined : resolveText(this.reading, value, this.about.scope);
  }

  /** Text in which a `$` is a `$`: code, descriptions and licenses (D-6). */
  literal(key: string): string | undefined {
    return this.scalar(key)?.text;
  }

  /** A boolean, also as the text of a variable. */
  flag(key: string): boolean | undefined {
    const value = this.scalar(key);
    if (value === undefined) return undefined;
    const text = resolveText(this.reading, value, this.about.scope).toLowerCase();
    if (['true', 'yes', 'on'].includes(text)) return true;
    if (!['false', 'no', 'off'].includes(text)) this.wrong(key, value, 'true or false');
    return false;
  }

  private fits(rule: KeyRule, key: ScalarNode, value: SourceNode): boolean {
    const { diagnostics } = this.reading;
    if (rule.ignored) {
      diagnostics.info('ignored-key', key, `'${key.text}' has no effect in ${this.about.what}`);
      return false;
    }
    if (rule.deprecatedFor !== undefined) {
      diagnostics.warning('deprecated-key', key, `'${key.text}' is an old name`, { suggestion: rule.deprecatedFor });
    }
    if (isEmpty(value)) return false;
    const expected = expectedShape(rule, value);
    if (expected !== undefined) this.wrong(key.text, value, expected);
    return expected === undefined;
  }

  private wrong(key: string, value: SourceNode, expected: string): void {
    const message = `'${key}' of ${this.about.what} must be ${expected}, not ${describeNode(value)}`;
    this.reading.diagnostics.error('wrong-type', value, message);
  }

  private unknownKey(key: ScalarNode, { keys, foreign = {} }: KeyTable): void {
    const { diagnostics, nearest } = this.reading;
    const known = Object.hasOwn(foreign, key.text) ? foreign[key.text] : undefined;
    const usual = known ?? nearest(key.text, Object.keys(keys));
    diagnostics.error('unknown-key', key, `unknown key '${key.text}' in ${this.about.what}`, { suggestion: usual });
  }
}

/** What should stand there, where something else does. */
function expectedShape({ shape }: KeyRule, value: SourceNode): string | undefined {
  switch (shape) {
    case 'any':
      return undefined;
    case 'map':
      return value.type === 'map' ? undefined : 'a map';
    case 'list':
      return value.type === 'list' ? undefined : 'a list';
    case 'version':
      return value.type === 'scalar' && typeof value.value !== 'boolean' ? undefined : 'a version such as 1.0.0';
    case 'boolean':
      return value.type === 'scalar' ? undefined : 'true or false';
    case 'text':
      return value.type === 'scalar' && typeof value.value === 'string' ? undefined : 'a text';
  }
}
