import type * as Yaml from 'yaml';
import { ExactNumber, parseJson } from '../entity/json.js';
import { MalformedContent } from '../errors/rejection.js';
import type { Diagnostics } from './diagnostics.js';
import type { MapEntry, ScalarNode, SourceFile, SourceNode, Written } from './source-tree.js';

/** Deepest nesting, and most values after aliases are followed: a small file cannot grow without limit (RS-203). */
const maxDepth = 100;
const maxNodes = 200_000;

/** The YAML package, which is loaded only when there is something to read. */
export type YamlPackage = typeof Yaml;

/** The tree of a YAML or JSON file; undefined when it is empty or has errors of syntax, which are reported (D-28). */
export function parseYaml(yaml: YamlPackage, file: SourceFile, diagnostics: Diagnostics): SourceNode | undefined {
  const document = yaml.parseDocument(file.text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) {
    reportSyntax(file, document, diagnostics);
    return undefined;
  }
  const { contents } = document;
  if (contents === null || (yaml.isScalar(contents) && contents.value === null)) return undefined;
  return new TreeReader(yaml, { file, document, diagnostics }).read(contents);
}

function reportSyntax(file: SourceFile, document: Yaml.Document, diagnostics: Diagnostics): void {
  const lines = new Set<number>();
  for (const { code, message, pos } of document.errors) {
    const [start, end] = pos;
    const { line } = file.placeOf(start);
    // One slip often makes the parser complain of the same line twice.
    if (lines.has(line)) continue;
    lines.add(line);
    const at = { file, start, end: Math.max(end, start + 1), path: '' };
    if (code === 'TAB_AS_INDENT') {
      diagnostics.error('yaml-syntax', at, 'a tab stands where YAML wants blanks', { hint: 'indent with blanks' });
    } else diagnostics.error('yaml-syntax', at, firstLine(message));
  }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/[.:]$/, '');
}

class TreeReader {
  private readonly file: SourceFile;
  private readonly document: Yaml.Document;
  private readonly diagnostics: Diagnostics;
  private nodes = 0;
  /** Each alias is resolved once: the package searches the whole document for it. */
  private readonly targets = new Map<Yaml.Alias, unknown>();

  constructor(
    private readonly yaml: YamlPackage,
    { file, document, diagnostics }: { file: SourceFile; document: Yaml.Document; diagnostics: Diagnostics },
  ) {
    this.file = file;
    this.document = document;
    this.diagnostics = diagnostics;
  }

  read(contents: Yaml.Node): SourceNode {
    return this.convert(contents, { file: this.file, start: 0, end: 0, path: '' }, 0);
  }

  /** `around` is the place to use when the node has none: an empty value stands where its key does. */
  private convert(node: unknown, around: Written, depth: number): SourceNode {
    this.nodes += 1;
    const at = placeOf(node, around);
    if (depth > maxDepth || this.nodes > maxNodes) return this.tooMuch(at, depth);
    if (this.yaml.isAlias(node)) {
      return { ...this.convert(this.target(node), around, depth + 1), start: at.start, end: at.end };
    }
    if (this.yaml.isMap(node)) return { ...at, type: 'map', entries: this.entries(node.items, at, depth) };
    if (this.yaml.isSeq(node)) {
      const items = node.items.map((item, index) =>
        this.convert(item, { ...at, path: `${around.path}[${String(index)}]` }, depth + 1),
      );
      return { ...at, type: 'list', items };
    }
    if (!this.yaml.isScalar(node) || node.value === null) {
      const place = at.start === at.end ? placeOf(undefined, around) : at;
      return { ...place, type: 'scalar', value: null, text: '', plain: true };
    }
    return this.scalar(node, at);
  }

  private target(alias: Yaml.Alias): unknown {
    const known = this.targets.get(alias) ?? alias.resolve(this.document);
    this.targets.set(alias, known);
    return known;
  }

  private entries(items: readonly unknown[], map: Written, depth: number): readonly MapEntry[] {
    const entries = new Map<string, MapEntry>();
    const merged: MapEntry[] = [];
    for (const item of items) {
      if (!this.yaml.isPair(item)) continue;
      const keyNode = this.key(item.key, map);
      if (keyNode === undefined) continue;
      const value = this.convert(item.value, keyNode, depth + 1);
      if (keyNode.text === '<<' && keyNode.plain) merged.push(...mergedEntries(value));
      else this.addEntry(entries, { key: keyNode.text, keyNode, value });
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return [...entries.values()];
  }

  private addEntry(entries: Map<string, MapEntry>, entry: MapEntry): void {
    const first = entries.get(entry.key);
    if (first === undefined) {
      entries.set(entry.key, entry);
      return;
    }
    this.diagnostics.error('duplicate-key', entry.keyNode, `the key '${entry.key}' stands here twice`, {
      related: [{ at: first.keyNode, message: 'first written here' }],
    });
  }

  private key(node: unknown, map: Written): ScalarNode | undefined {
    const range = rangeOf(node) ?? map;
    const written = this.yaml.isScalar(node)
      ? typeof node.value === 'string'
        ? node.value
        : (node.source ?? '')
      : undefined;
    const at = { file: this.file, ...range };
    if (written === undefined) {
      this.diagnostics.error('yaml-syntax', { ...at, path: map.path }, 'a key must be a text');
      return undefined;
    }
    const path = map.path === '' ? written : `${map.path}.${written}`;
    const plain = this.yaml.isScalar(node) && node.type === 'PLAIN';
    return { ...at, path, type: 'scalar', value: written, text: written, plain };
  }

  private scalar(node: { value: unknown; source?: string; type?: string }, at: Written): ScalarNode {
    const { value } = node;
    const text = node.source ?? String(value);
    const base = { ...at, type: 'scalar', text, plain: node.type === 'PLAIN' } as const;
    if (typeof value === 'number') return { ...base, value: this.number(text, value, at) };
    if (typeof value === 'boolean') return { ...base, value };
    return { ...base, value: String(value), text: String(value) };
  }

  /** Numbers keep their digits (C-24); what JSON cannot write is reported. */
  private number(text: string, value: number, at: Written): number | ExactNumber {
    try {
      const exact = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? parseJson(text) : value;
      if (exact instanceof ExactNumber || (typeof exact === 'number' && Number.isFinite(exact))) return exact;
    } catch (error) {
      if (!(error instanceof MalformedContent)) throw error;
    }
    this.diagnostics.error('wrong-type', at, `'${text.slice(0, 30)}' is not a number that can be sent`);
    return 0;
  }

  private tooMuch(at: Written, depth: number): SourceNode {
    const reason = depth > maxDepth ? 'values are nested too deeply' : 'aliases make this file too large';
    if (this.nodes < maxNodes + 100) this.diagnostics.error('yaml-syntax', at, reason);
    return { ...at, type: 'scalar', value: null, text: '', plain: true };
  }
}

function mergedEntries(node: SourceNode): readonly MapEntry[] {
  if (node.type === 'map') return node.entries;
  return node.type === 'list' ? node.items.flatMap(mergedEntries) : [];
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start, end] = node.range as readonly unknown[];
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

function placeOf(node: unknown, { file, start, end, path }: Written): Written {
  return { file, path, ...(rangeOf(node) ?? { start, end }) };
}
