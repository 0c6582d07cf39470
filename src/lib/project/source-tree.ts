import type { ExactNumber } from '../entity/json.js';

/** A file of a project while it is read: its text and the places in it. */
export class SourceFile {
  private starts: readonly number[] | undefined;

  constructor(
    /** Path as the user knows it. */
    readonly name: string,
    /** Absolute path. */
    readonly path: string,
    readonly text: string,
  ) {}

  /** Line and column of an offset, both from 1. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Something that was written in a file: where, and under which keys. */
export interface Written {
  readonly file: SourceFile;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** `packages.p.actions.a` */
  readonly path: string;
}

/** A text, number, boolean or null. */
export interface ScalarNode extends Written {
  readonly type: 'scalar';
  readonly value: string | number | ExactNumber | boolean | null;
  /** As it is written, without quotes. */
  readonly text: string;
  /** Whether it has no quotes, so that its look decides about its type. */
  readonly plain: boolean;
}

export interface ListNode extends Written {
  readonly type: 'list';
  readonly items: readonly SourceNode[];
}

export interface MapNode extends Written {
  readonly type: 'map';
  readonly entries: readonly MapEntry[];
}

/** A key and what is written under it. Keys are always text (D-17). */
export interface MapEntry {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: SourceNode;
}

/** A value of a file with its place. */
export type SourceNode = ScalarNode | ListNode | MapNode;

/** Whether nothing is written: `key:` or `key: null`. */
export function isEmpty(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

/** What a node is, for sentences: `a list`, `the number 5`. */
export function describeNode(node: SourceNode): string {
  if (node.type === 'list') return 'a list';
  if (node.type === 'map') return 'a map';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `'${node.value}'`;
  return typeof node.value === 'boolean' ? `the boolean ${node.text}` : `the number ${node.text}`;
}
