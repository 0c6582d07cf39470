import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import { inParallel } from '../client/in-parallel.js';
import type { JsonValue } from '../entity/json.js';
import type { ActionLimitBounds } from '../entity/limits.js';
import { type Diagnostic, ManifestError } from '../errors/manifest-error.js';
import { codeAction } from './action-code.js';
import type { KnownKind } from './action-kind.js';
import { Deployment } from './deployment.js';
import type { DesiredAction, DesiredState } from './desired-state.js';
import { Diagnostics } from './diagnostics.js';
import type { ProjectDraft } from './draft.js';
import { findProject, type ProjectFiles, type ProjectPlace } from './find-project.js';
import { textOf } from './inputs.js';
import { readManifest } from './read-manifest.js';
import type { Nearest, Reading } from './reading.js';
import { resolveRoutes, resolveRules, resolveSequences } from './references.js';
import type { ChosenTarget } from './target.js';
import { LayeredScope, type VariableLayer } from './variables.js';

/** How a project is read. */
export interface LoadOptions extends ProjectPlace {
  /** `--param` and `--param-file`: variables and inputs by name (§1.1.3). */
  readonly parameters: ReadonlyMap<string, JsonValue>;
  /** The environment, then `.env` files, the first that has a name counts (D-7). */
  readonly variables: readonly VariableLayer[];
  /** The kinds of the target, or those of the local platform (§1.1.2). */
  readonly kinds: readonly KnownKind[];
  /** Limits that the target advertises, where it is asked. */
  readonly limits?: ActionLimitBounds | undefined;
  /** `--projectname`. */
  readonly projectName?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly allowUnset?: boolean | undefined;
  /** Code is not looked at: only the names of what the project has are wanted (D-27). */
  readonly withoutCode?: boolean | undefined;
  /** A managed project needs a name (§1.5). */
  readonly managed?: boolean | undefined;
  /**
   * Asked for the chosen target when the project itself names one; without it (`--ignore-target`, or nothing is sent) the project's words about
   * it are not checked.
   */
  readonly target?: (() => Promise<ChosenTarget>) | undefined;
  readonly nearest: Nearest;
}

/** What reading a project gave: all that was found, and the desired state when none of it is an error. */
export interface ReadProject {
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files by the name that diagnostics use, for showing lines of them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly state?: DesiredState;
}

/** How many actions have their code read at once. */
const codeReaders = 8;

/**
 * Reads a project as what it wants to exist (D-3). Throws one ManifestError with everything that is wrong, so that nothing is sent (D-28),
 * and UsageError when there is no project. `onDiagnostic` gets what is no error.
 */
export async function loadProject(
  options: LoadOptions & { readonly onDiagnostic?: (diagnostic: Diagnostic) => void },
): Promise<DesiredState> {
  const { diagnostics, texts, state } = await readProject(options);
  if (state === undefined) throw new ManifestError(diagnostics, texts);
  for (const diagnostic of diagnostics) options.onDiagnostic?.(diagnostic);
  return state;
}

/** Reads a project and reports instead of throwing; only a project that is not there is a UsageError. */
export async function readProject(options: LoadOptions): Promise<ReadProject> {
  const files = await findProject(options);
  const diagnostics = new Diagnostics();
  const reading = readingOf(options, diagnostics);
  const state = await desiredState(reading, files, options);
  const sorted = diagnostics.sorted();
  const texts = new Map([files.manifest, ...files.deployments].map(({ name, text }) => [name, text]));
  const failed = state === undefined || sorted.some(({ severity }) => severity === 'error');
  return { diagnostics: sorted, texts, ...(failed ? {} : { state }) };
}

function readingOf(options: LoadOptions, diagnostics: Diagnostics): Reading {
  const { parameters, variables, nearest, strict = false, allowUnset = false } = options;
  const given = new Map([...parameters].map(([name, value]) => [name, textOf(value)]));
  const outside = new LayeredScope([{ source: '--param', values: given }, ...variables]);
  return { diagnostics, nearest, strict, allowUnset, given: parameters, outside, origins: new Map() };
}

async function desiredState(
  reading: Reading,
  files: ProjectFiles,
  options: LoadOptions,
): Promise<DesiredState | undefined> {
  const manifest = await readManifest(reading, files, { deployment: new Deployment(reading), ...options });
  if (manifest === undefined) return undefined;
  const { draft, name } = manifest;
  const sequences = resolveSequences(reading, draft);
  const rules = resolveRules(reading, draft);
  const apis = resolveRoutes(reading, draft);
  const actions =
    options.withoutCode === true
      ? namedActions(draft)
      : await codeActions(reading, draft, { root: files.root, kinds: options.kinds });
  for (const [key, { annotations, ...sequence }] of sequences) {
    actions.set(key, { ...sequence, annotations: draft.actions.get(key)?.annotations ?? annotations });
  }
  return {
    ...(name === undefined ? {} : { project: projectOf(name, files) }),
    packages: new Map([...draft.packages].map(([key, { value }]) => [key, value])),
    actions,
    triggers: new Map([...draft.triggers].map(([key, { value }]) => [key, value])),
    rules,
    apis,
    origins: reading.origins,
  };
}

/** The actions of a project without code and kind. */
function namedActions({ actions }: ProjectDraft): Map<string, DesiredAction> {
  const drafts = [...actions.values()].filter((action) => action.type === 'action');
  return new Map(
    drafts.map(({ key, parameters, annotations, limits }) => [key, { kind: '', parameters, annotations, limits }]),
  );
}

async function codeActions(
  reading: Reading,
  { actions }: ProjectDraft,
  around: { readonly root: string; readonly kinds: readonly KnownKind[] },
): Promise<Map<string, DesiredAction>> {
  const drafts = [...actions.values()].filter((action) => action.type === 'action');
  const found = await inParallel(codeReaders, drafts, async (draft) => {
    const action = await codeAction(reading, draft, around);
    return action === undefined ? [] : [[draft.key, action] as const];
  });
  return new Map(found.flat());
}

/** Name, hash and file of a managed project, as wskdeploy writes them into its annotations (D-23). */
function projectOf(name: string, { root, manifest }: ProjectFiles): NonNullable<DesiredState['project']> {
  const bytes = Buffer.from(manifest.text);
  const hash = createHash('sha1')
    .update(`OpenWhisk${characterOf(bytes.length)}golang\0`)
    .update(bytes)
    .digest('hex');
  return { name, hash, file: relative(root, manifest.path).replaceAll(sep, '/') };
}

/** The character of a code point; numbers that are none give the replacement character, as in Go. */
function characterOf(codePoint: number): string {
  const legal = codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return legal ? String.fromCodePoint(codePoint) : '\ufffd';
}
