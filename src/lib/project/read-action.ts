import { nativeImage } from '../artifact/code-artifact.js';
import { parseSemanticVersion } from '../entity/semantic-version.js';
import { MalformedContent } from '../errors/rejection.js';
import { readAnnotations, readWeb } from './annotations.js';
import type { Values } from './desired-state.js';
import type { CodeActionDraft, CodeDraft, IncludeDraft, Overrides, Reference, SequenceDraft } from './draft.js';
import { Fields } from './fields.js';
import { inputPlace, inputValues, writtenInputs } from './inputs.js';
import { readLimits } from './limits.js';
import { manifestTables } from './manifest-keys.js';
import { entityKey } from './names.js';
import type { PackageReading } from './package-reading.js';
import { type Reading, resolveText } from './reading.js';
import { isEmpty, type MapEntry, type MapNode, type ScalarNode, type SourceNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** One entry of `actions` or `sequences`, its name read. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: MapEntry;
  readonly overrides?: Overrides | undefined;
}

/** What an entry of `actions` says (§1.1.2); problems are reported. */
export function readAction(around: PackageReading, { name, entry, overrides }: NamedEntry): CodeActionDraft {
  const { reading, scope } = around;
  const key = entityKey(around.name, name);
  const node = mapOf(reading, entry, `action '${key}'`);
  const fields = new Fields(reading, node, manifestTables.action, { what: `action '${key}'`, scope });
  const path = `actions/${key}`;
  const web = readWeb(reading, fields.nodeOf('web') ?? fields.nodeOf('web-export'), scope);
  const parameters = inputValues(
    reading,
    writtenInputs(fields.map('inputs'), overrides?.inputs),
    scope,
    `${path}/parameters`,
  );
  return {
    type: 'action',
    key,
    package: around.name,
    at: entry.keyNode,
    web,
    version: readVersion(reading, fields, scope),
    annotations: readAnnotations(
      reading,
      {
        map: fields.map('annotations'),
        deployment: overrides?.annotations,
        description: fields.literal('description'),
        web,
        conductor: fields.flag('conductor'),
        path,
      },
      scope,
    ),
    parameters,
    environment: readEnvironment(around, fields.map('env'), { path, parameters }),
    limits: limitsOf(around, fields, key),
    main: fields.text('main'),
    image: fields.text('docker') ?? (fields.flag('native') === true ? nativeImage : undefined),
    runtime: reference(fields, 'runtime'),
    code: readCode(reading, entry, fields, scope),
  };
}

/** What an entry of `sequences` says (§1.1.5); problems are reported. */
export function readSequence(around: PackageReading, { name, entry }: NamedEntry): SequenceDraft {
  const { reading, scope } = around;
  const key = entityKey(around.name, name);
  const what = `sequence '${key}'`;
  const fields = new Fields(reading, mapOf(reading, entry, what), manifestTables.sequence, { what, scope });
  const web = readWeb(reading, fields.nodeOf('web'), scope);
  return {
    type: 'sequence',
    key,
    package: around.name,
    at: entry.keyNode,
    web,
    version: readVersion(reading, fields, scope),
    annotations: readAnnotations(
      reading,
      {
        map: fields.map('annotations'),
        deployment: undefined,
        description: fields.literal('description'),
        web,
        path: `actions/${key}`,
      },
      scope,
    ),
    components: readComponents(reading, fields, scope),
  };
}

/** The map under a key; for anything else an empty one, and a report. */
export function mapOf({ diagnostics }: Reading, { keyNode, value }: MapEntry, what: string): MapNode {
  if (value.type === 'map') return value;
  if (!isEmpty(value)) diagnostics.error('wrong-type', value, `${what} must be a map`);
  const { file, start, end, path } = keyNode;
  return { type: 'map', file, start, end, path, entries: [] };
}

/** `version` in three parts; undefined when there is none, or no such one (§1.1.1). */
export function readVersion(reading: Reading, fields: Fields, scope: Scope): string | undefined {
  const node = fields.scalar('version');
  if (node === undefined) return undefined;
  try {
    return parseSemanticVersion(resolveText(reading, node, scope));
  } catch (error) {
    if (!(error instanceof MalformedContent)) throw error;
    reading.diagnostics.error('bad-value', node, `'${node.text}' is not a version such as 1.0.0`);
    return undefined;
  }
}

function reference(fields: Fields, key: string): Reference | undefined {
  const at = fields.scalar(key);
  const text = fields.text(key);
  return at === undefined || text === undefined ? undefined : { text: text.trim(), at };
}

function readComponents(reading: Reading, fields: Fields, scope: Scope): readonly Reference[] {
  const node = fields.nodeOf('actions');
  if (node !== undefined && !(node.type === 'scalar' && typeof node.value === 'string')) {
    reading.diagnostics.error('wrong-type', node, "'actions' of a sequence is one text with commas", {
      hint: 'write actions: first, second',
    });
    return [];
  }
  const names = node === undefined ? [] : resolveText(reading, node, scope).split(',');
  const components = names.map((name) => name.trim()).filter((name) => name !== '');
  if (components.length === 0 || node === undefined) {
    reading.diagnostics.error('sequence-empty', node ?? fields.node, 'a sequence needs at least one action');
    return [];
  }
  return components.map((text) => ({ text, at: node }));
}

function readEnvironment(
  { reading, scope }: PackageReading,
  map: MapNode | undefined,
  { path, parameters }: { readonly path: string; readonly parameters: Values },
): Readonly<Record<string, string>> {
  const entries = map?.entries.flatMap(({ key, keyNode, value }): [string, string][] => {
    if (Object.hasOwn(parameters, key)) {
      reading.diagnostics.error('bad-value', keyNode, `'${key}' is an input as well; a name can be only one of both`);
    }
    if (value.type === 'scalar' && (typeof value.value === 'string' || isEmpty(value))) {
      const used = new Set<string>();
      const text = resolveText(reading, value, scope, used);
      const origin = { from: 'manifest', place: inputPlace(value), variables: [...used] } as const;
      reading.origins.set(`${path}/environment/${key}`, origin);
      return [[key, text]];
    }
    const hint = value.type === 'scalar' ? `write '${value.text}' in quotes` : undefined;
    reading.diagnostics.error('wrong-type', value, `the environment variable '${key}' must be a text`, { hint });
    return [];
  });
  return Object.fromEntries(entries ?? []);
}

function limitsOf(
  { reading, scope, advertised }: PackageReading,
  action: Fields,
  key: string,
): Readonly<Record<string, number>> {
  const node = action.map('limits');
  if (node === undefined) return {};
  const fields = new Fields(reading, node, manifestTables.limits, { what: `the limits of action '${key}'`, scope });
  return readLimits(reading, fields, { scope, advertised });
}

function readCode(reading: Reading, { keyNode }: MapEntry, fields: Fields, scope: Scope): CodeDraft {
  const { diagnostics } = reading;
  refuseBuild(reading, fields.nodeOf('build'));
  const inline = fields.scalar('code');
  const file = fields.scalar('function') ?? fields.scalar('location');
  if (inline !== undefined && file !== undefined) {
    diagnostics.error('code-and-function', inline, "an action has either 'code' or 'function'");
  }
  if (inline !== undefined) {
    if (!fields.has('runtime') && !fields.has('docker') && fields.flag('native') !== true) {
      diagnostics.error('code-needs-runtime', keyNode, "'code' needs 'runtime': there is no file name to tell it from");
    }
    return { type: 'inline', node: inline };
  }
  if (file === undefined) {
    // One of a wrong type has been reported already.
    const said = fields.node.entries.some(({ key }) => ['function', 'location', 'code', 'docker'].includes(key));
    if (!said) {
      diagnostics.error('no-code', keyNode, `'${keyNode.text}' has no code`, {
        hint: "say 'function', 'code' or 'docker'",
      });
    }
    return { type: 'none' };
  }
  const path = resolveText(reading, file, scope);
  return {
    type: 'path',
    path,
    at: file,
    include: readIncludes(reading, fields, scope),
    exclude: readExcludes(reading, fields, scope),
  };
}

/** Bundling and build commands belong to another part; `none` is what happens without the key. */
function refuseBuild({ diagnostics }: Reading, node: SourceNode | undefined): void {
  if (node === undefined || (node.type === 'scalar' && (node.text === 'none' || node.value === false))) return;
  diagnostics.error('build-failed', node, "'build' other than none is not supported yet", {
    hint: 'build the code first and name what comes out under function',
  });
}

function readIncludes(reading: Reading, fields: Fields, scope: Scope): readonly IncludeDraft[] {
  return (fields.list('include')?.items ?? []).flatMap((item) => {
    const texts = textsOf(reading, item.type === 'list' ? item.items : [item], scope);
    const [source, destination] = texts;
    if (item.type === 'list' && source !== undefined && texts.length <= 2) {
      return [{ source, destination: destination ?? source, at: item }];
    }
    reading.diagnostics.warning(
      'ignored-key',
      item,
      "an entry of 'include' is [source] or [source, destination]; this one is ignored",
    );
    return [];
  });
}

function readExcludes(reading: Reading, fields: Fields, scope: Scope): readonly string[] {
  return textsOf(reading, fields.list('exclude')?.items ?? [], scope);
}

function textsOf(reading: Reading, items: readonly SourceNode[], scope: Scope): readonly string[] {
  const isText = (item: SourceNode): item is ScalarNode => item.type === 'scalar' && typeof item.value === 'string';
  for (const item of items) if (!isText(item)) reading.diagnostics.error('wrong-type', item, 'a path must be a text');
  return items.filter(isText).map((item) => resolveText(reading, item, scope));
}
