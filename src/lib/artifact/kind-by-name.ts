import { extname } from 'node:path';

/** What the extension of a file says about the code in it. */
export interface NamedKind {
  /** As it is sent, `nodejs:default`. */
  readonly kind: string;
  /** Whether the code is an archive or a program whatever its bytes look like. */
  readonly binary: boolean;
}

/** C-33. Zips and folders are missing on purpose: their kind comes from their content (C-35). */
const kinds: ReadonlyMap<string, NamedKind> = new Map([
  ['.js', { kind: 'nodejs:default', binary: false }],
  ['.mjs', { kind: 'nodejs:default', binary: false }],
  ['.cjs', { kind: 'nodejs:default', binary: false }],
  ['.ts', { kind: 'typescript:default', binary: false }],
  ['.py', { kind: 'python:default', binary: false }],
  ['.php', { kind: 'php:default', binary: false }],
  ['.rb', { kind: 'ruby:default', binary: false }],
  ['.go', { kind: 'go:default', binary: false }],
  ['.rs', { kind: 'rust:default', binary: false }],
  ['.swift', { kind: 'swift:default', binary: false }],
  ['.java', { kind: 'java:default', binary: false }],
  ['.jar', { kind: 'java:default', binary: true }],
  ['.cs', { kind: 'dotnet:default', binary: false }],
  ['.bal', { kind: 'ballerina:default', binary: false }],
  ['.balx', { kind: 'ballerina:default', binary: true }],
]);

const families: ReadonlySet<string> = new Set([...kinds.values()].map(({ kind }) => familyOf(kind)));

/** The extensions with a known kind, and `.zip`, for messages. */
export const knownExtensions: readonly string[] = [...kinds.keys(), '.zip'];

/** Lower-case extension with its dot; empty when there is none. */
export function extensionOf(path: string): string {
  return extname(path).toLowerCase();
}

/** The kind that the extension of a file stands for, whatever its case (C-33); undefined for `.zip` and unknown ones. */
export function kindByName(path: string): NamedKind | undefined {
  return kinds.get(extensionOf(path));
}

/** `--kind` as it is sent: as typed, but a bare family such as `nodejs` means its default version (C-33). */
export function kindAsSent(kind: string): string {
  return families.has(kind.toLowerCase()) ? `${kind}:default` : kind;
}

/** `nodejs` of `nodejs:20`. */
export function familyOf(kind: string): string {
  return kind.split(':', 1)[0]?.toLowerCase() ?? '';
}

const sourceExtensions: ReadonlyMap<string, string> = new Map([
  ['nodejs', '.js'],
  ['typescript', '.ts'],
  ['python', '.py'],
  ['php', '.php'],
  ['ruby', '.rb'],
  ['go', '.go'],
  ['rust', '.rs'],
  ['swift', '.swift'],
  ['java', '.java'],
  ['dotnet', '.cs'],
  ['ballerina', '.bal'],
]);

/** Extension of the file that code of a kind is saved to (`action get --save`); empty when the kind has none. */
export function extensionOfKind(kind: string, binary: boolean): string {
  const family = familyOf(kind);
  if (!binary) return sourceExtensions.get(family) ?? '';
  return family === 'java' ? '.jar' : '.zip';
}
