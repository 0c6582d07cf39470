import assert from 'node:assert/strict';
import { nearest } from '../../src/lib/cli/did-you-mean.js';
import type { JsonValue } from '../../src/lib/entity/json.js';
import type { Diagnostic } from '../../src/lib/errors/manifest-error.js';
import type { DesiredCodeAction, DesiredState } from '../../src/lib/project/desired-state.js';
import { type LoadOptions, readProject } from '../../src/lib/project/load-project.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { type FileContent, FolderWithFiles } from '../helpers/folder-with-files.js';

/** What a test says about a project; files besides the manifest have any content. */
export interface ProjectText {
  readonly manifest?: string;
  readonly deployment?: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
  readonly options?: Partial<LoadOptions>;
}

/** What reading the project gave. */
export interface ProjectResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly state: DesiredState | undefined;
}

/** Projects of one suite, in folders that `remove` takes away. */
export class ProjectsUnderTest {
  private readonly folders: FolderWithFiles[] = [];

  /** Writes a project into a folder of its own and reads it. */
  async read(text: ProjectText): Promise<ProjectResult> {
    const folder = await this.folder(text);
    const { diagnostics, state } = await readProject(loadOptions(folder.path, text));
    return { diagnostics, state };
  }

  /** The folder of a project. */
  async folder({ manifest, deployment, files = {} }: ProjectText): Promise<FolderWithFiles> {
    const folder = await FolderWithFiles.create({
      ...(manifest === undefined ? {} : { 'manifest.yaml': manifest }),
      ...(deployment === undefined ? {} : { 'deployment.yaml': deployment }),
      ...files,
    });
    this.folders.push(folder);
    return folder;
  }

  /** The state of a project that must be without errors. */
  async state(text: ProjectText): Promise<DesiredState> {
    const { diagnostics, state } = await this.read(text);
    assert.ok(state !== undefined, JSON.stringify(diagnostics, undefined, 2));
    return state;
  }

  /** `line:column code message` of everything that is found, and the suggestion where there is one. */
  async findings(text: ProjectText): Promise<readonly string[]> {
    return (await this.read(text)).diagnostics.map(finding);
  }

  async remove(): Promise<void> {
    for (const folder of this.folders.splice(0)) await folder.remove();
  }
}

/** Options for a project in a folder, with the kinds of the local platform. */
export function loadOptions(folder: string, { env = {}, parameters = {}, options = {} }: ProjectText): LoadOptions {
  return {
    cwd: folder,
    folder: '.',
    parameters: new Map(Object.entries(parameters)),
    variables: [{ source: 'the environment', values: new Map(Object.entries(env)) }],
    kinds: RuntimeManifest.builtIn(20).kinds(),
    nearest,
    ...options,
  };
}

/** A diagnostic on one line: `3:5 error unknown-key unknown key 'x' [y]`. */
export function finding({ line, column, severity, code, message, suggestion }: Diagnostic): string {
  const more = suggestion === undefined ? '' : ` [${suggestion}]`;
  return `${String(line)}:${String(column)} ${severity} ${code} ${message}${more}`;
}

/** An action with code of a state. */
export function codeActionOf(state: DesiredState, key: string): DesiredCodeAction {
  const action = state.actions.get(key);
  assert.ok(action !== undefined && 'kind' in action, `there is no action ${key}`);
  return action;
}

/** A manifest with one package `p` and one action `a` with these lines, from line 5 and column 9. */
export function actionManifest(lines: string): string {
  const body = lines
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n');
  return `packages:\n  p:\n    actions:\n      a:\n${body}\n`;
}
