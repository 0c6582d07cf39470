import { kindByContent } from '../artifact/kind-by-content.js';
import { extensionOf, familyOf } from '../artifact/kind-by-name.js';
import { UsageError } from '../errors/client-errors.js';
import type { CodeActionDraft } from './draft.js';
import type { Reading } from './reading.js';

/** A kind of a platform, as far as a manifest needs to know it. */
export interface KnownKind {
  readonly kind: string;
  readonly family: string;
  readonly default: boolean;
  readonly deprecated: boolean;
}

/** The families whose runtimes take a file of an extension; the first is meant when nothing is said (§1.1.2). */
const familiesOfExtension: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['nodejs', 'deno', 'bun', 'typescript']],
  ['.mjs', ['nodejs', 'deno', 'bun', 'typescript']],
  ['.cjs', ['nodejs', 'bun', 'typescript']],
  ['.ts', ['nodejs', 'typescript', 'deno', 'bun']],
  ['.mts', ['nodejs', 'typescript', 'deno', 'bun']],
  ['.cts', ['nodejs', 'typescript', 'bun']],
  ['.py', ['python']],
  ['.php', ['php']],
  ['.go', ['go']],
  ['.java', ['java']],
  ['.jar', ['java']],
  ['.swift', ['swift']],
  ['.rb', ['ruby']],
  ['.rs', ['rust']],
  ['.cs', ['dotnet']],
  ['.bal', ['ballerina']],
  ['.balx', ['ballerina']],
  ['.pl', ['perl']],
]);

/** What the code of an action is, for telling its kind. */
export type CodeLook =
  | { readonly type: 'inline' }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'folder'; readonly path: string; readonly rootNames: readonly string[] };

/**
 * The kind of an action as it is sent (§1.1.2): `blackbox` for images, the stated runtime checked against `kinds`, else by extension or
 * by the content of a folder. Undefined when it cannot be told, which is reported.
 */
export function kindOf(
  reading: Reading,
  action: CodeActionDraft,
  look: CodeLook | undefined,
  kinds: readonly KnownKind[],
): string | undefined {
  if (action.image !== undefined) return 'blackbox';
  return action.runtime === undefined ? guessedKind(reading, action, look) : statedKind(reading, action, look, kinds);
}

function statedKind(
  reading: Reading,
  { runtime, main }: CodeActionDraft,
  look: CodeLook | undefined,
  kinds: readonly KnownKind[],
): string | undefined {
  const { diagnostics, strict } = reading;
  if (runtime === undefined) return undefined;
  const { at } = runtime;
  const text = runtime.text.includes('@') ? runtime.text.replace('@', ':') : runtime.text;
  if (text !== runtime.text) {
    diagnostics.warning('deprecated-value', at, `'${runtime.text}' is an old spelling of a kind`, { suggestion: text });
  }
  if (strict) return text;
  const known = findKind(kinds, text);
  if (known === undefined) {
    reportUnknownKind(reading, runtime, kinds);
    return undefined;
  }
  if (known.deprecated) diagnostics.warning('deprecated-kind', at, `the kind '${known.kind}' is deprecated`);
  const families = look?.type === 'file' ? familiesOfExtension.get(extensionOf(look.path)) : undefined;
  if (look?.type === 'file' && families !== undefined && !families.includes(known.family)) {
    const message = `the kind '${text}' does not run ${extensionOf(look.path)} files`;
    diagnostics.error('kind-extension-mismatch', at, message, { suggestion: `${families[0] ?? ''}:default` });
  }
  if (known.family === 'java' && main === undefined) {
    diagnostics.error('bad-value', at, "a Java action needs 'main', the full name of its class");
  }
  return text === known.family ? `${text}:default` : text;
}

function findKind(kinds: readonly KnownKind[], text: string): KnownKind | undefined {
  const family = text.replace(/:default$/, '');
  return kinds.find(({ kind }) => kind === text) ?? kinds.find((kind) => kind.family === family && kind.default);
}

function reportUnknownKind(
  { diagnostics, nearest }: Reading,
  { text, at }: { readonly text: string; readonly at: Parameters<Reading['diagnostics']['error']>[1] },
  kinds: readonly KnownKind[],
): void {
  const ofFamily = kinds.filter(({ family, deprecated }) => family === familyOf(text) && !deprecated);
  const families = new Set(kinds.map(({ family }) => family));
  const words = ofFamily.length > 0 ? ofFamily.map(({ kind }) => kind) : [...families];
  // Within a family the nearest number says nothing; its default is what runs.
  const known =
    ofFamily.find((kind) => kind.default)?.kind ?? nearest(text, [...kinds.map(({ kind }) => kind), ...families]);
  diagnostics.error('unknown-kind', at, `the platform has no kind '${text}'`, {
    suggestion: known,
    hint: `${ofFamily.length > 0 ? 'its kinds are' : 'the families are'} ${words.join(', ')}`,
  });
}

function guessedKind(reading: Reading, action: CodeActionDraft, look: CodeLook | undefined): string | undefined {
  // What has no code, or inline code without runtime, has been reported already.
  if (look === undefined || look.type === 'inline' || action.code.type !== 'path') return undefined;
  const { at } = action.code;
  if (look.type === 'file') {
    const family = familiesOfExtension.get(extensionOf(look.path))?.[0];
    if (family === undefined) {
      reading.diagnostics.error('kind-needed', at, `the kind of '${look.path}' cannot be told from its name`, {
        hint: "say it under 'runtime', or an image under 'docker'",
      });
    } else if (family === 'java' && action.main === undefined) {
      reading.diagnostics.error('bad-value', at, "a Java action needs 'main', the full name of its class");
    }
    return family === undefined ? undefined : `${family}:default`;
  }
  try {
    return kindByContent(look.path, look.rootNames);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    reading.diagnostics.error('kind-needed', at, error.message, { hint: "say it under 'runtime'" });
    return undefined;
  }
}
