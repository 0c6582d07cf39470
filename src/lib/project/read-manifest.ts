import type { ActionLimitBounds } from '../entity/limits.js';
import type { Deployment } from './deployment.js';
import type { ProjectDraft } from './draft.js';
import { Fields } from './fields.js';
import type { ProjectFiles } from './find-project.js';
import { InputScope, writtenInputs } from './inputs.js';
import { manifestTables } from './manifest-keys.js';
import { readName } from './names.js';
import { mapOf } from './read-action.js';
import { readPackage } from './read-package.js';
import { type Reading, resolveText, wholeFile } from './reading.js';
import { describeNode, isEmpty, type MapEntry, type MapNode, type SourceFile, type SourceNode } from './source-tree.js';
import { checkTarget, type ChosenTarget } from './target.js';
import type { Scope } from './variables.js';
import { parseYaml } from './yaml-source.js';

/** What a manifest and its deployment files say. */
export interface ReadManifest {
  readonly draft: ProjectDraft;
  /** Name of the project, where one is said. */
  readonly name: string | undefined;
}

/** What the reading of a manifest needs besides its files. */
export interface ManifestOptions {
  readonly deployment: Deployment;
  readonly limits?: ActionLimitBounds | undefined;
  readonly projectName?: string | undefined;
  readonly managed?: boolean | undefined;
  readonly target?: (() => Promise<ChosenTarget>) | undefined;
}

/** A manifest while it is read: what is shared, the inputs of the project as variables, and where entities go. */
interface Manifest {
  readonly reading: Reading;
  readonly scope: Scope;
  readonly draft: ProjectDraft;
  readonly options: ManifestOptions;
}

/** Keys at the top of a file of another form, and what that form is (D-1). */
const otherForms: Readonly<Record<string, string>> = {
  application: 'an App Builder project',
  extensions: 'an App Builder project',
  parameters: 'a folder project',
  environment: 'a folder project',
  targetNamespace: 'a folder project',
  bucket: 'a folder project',
  slice: 'a folder project',
};

/** Reads a manifest of the wskdeploy form and its deployment files (§1.1). Undefined when there is nothing to read on with. */
export async function readManifest(
  reading: Reading,
  files: ProjectFiles,
  options: ManifestOptions,
): Promise<ReadManifest | undefined> {
  // The YAML package is a file of its own beside the client.
  const yaml = await import('yaml');
  const trees = [files.manifest, ...files.deployments].map((file) => {
    const errors = reading.diagnostics.count;
    const tree = parseYaml(yaml, file, reading.diagnostics);
    const empty = tree === undefined && reading.diagnostics.count === errors && file === files.manifest;
    if (empty) reading.diagnostics.error('empty-manifest', wholeFile(file), 'the file is empty');
    return mapAtTop(reading, tree);
  });
  const [root, ...overrides] = trees;
  if (root === undefined || isOtherForm(reading, root)) return undefined;
  const project = mapUnder(root, 'project');
  const inputs = writtenInputs(project === undefined ? undefined : mapUnder(project, 'inputs'), undefined);
  const scope = new InputScope(reading, inputs, reading.outside, 'the inputs of the project');
  for (const override of overrides) if (override !== undefined) options.deployment.add(override, scope);
  const draft = { packages: new Map(), actions: new Map(), triggers: new Map(), rules: new Map(), routes: [] };
  const manifest = { reading, scope, draft, options };
  const top = new Fields(reading, root, manifestTables.top, { what: 'the manifest', scope });
  const node = top.map('project');
  const fields =
    node === undefined ? undefined : new Fields(reading, node, manifestTables.project, { what: 'the project', scope });
  // Inputs that nothing uses are checked like all others.
  for (const { name } of inputs) scope.resolve(name);
  readPackages(manifest, packagesOf(manifest, top, fields));
  options.deployment.reportUnused({
    package: draft.packages.keys(),
    action: draft.actions.keys(),
    trigger: draft.triggers.keys(),
  });
  await checkTarget(reading, { project: fields, deployment: options.deployment.connection, scope }, options.target);
  return { draft, name: projectName(manifest, fields, files.manifest) };
}

function mapAtTop({ diagnostics }: Reading, tree: SourceNode | undefined): MapNode | undefined {
  if (tree === undefined || tree.type === 'map') return tree;
  diagnostics.error('wrong-type', tree, `a file of a project must be a map, not ${describeNode(tree)}`);
  return undefined;
}

/** The other forms are recognised by content, not by the name of the file (D-1). */
function isOtherForm({ diagnostics }: Reading, root: MapNode): boolean {
  const foreign = root.entries.find(
    ({ key, value }) => Object.hasOwn(otherForms, key) || (key === 'packages' && value.type === 'list'),
  );
  if (foreign === undefined) return false;
  const form = otherForms[foreign.key] ?? 'a folder project';
  diagnostics.error('unknown-key', foreign.keyNode, `this is ${form}, which rt cannot read yet`, {
    hint: 'describe the packages in a manifest.yaml',
  });
  return true;
}

function mapUnder(node: MapNode, key: string): MapNode | undefined {
  const value = node.entries.find((entry) => entry.key === key)?.value;
  return value?.type === 'map' ? value : undefined;
}

function packagesOf({ reading }: Manifest, top: Fields, project: Fields | undefined): readonly MapEntry[] {
  const { diagnostics } = reading;
  const [outer, inner] = [top.map('packages'), project?.map('packages')];
  if (outer !== undefined && inner !== undefined) {
    diagnostics.warning('two-package-lists', inner, "'packages' at the top is used, the one in 'project' is not", {
      related: [{ at: outer, message: 'this one is used' }],
    });
  }
  const config = project?.scalar('config');
  if (config !== undefined) {
    diagnostics.error('bad-value', config, 'APIs from a Swagger file are not supported yet', {
      hint: "describe the routes under 'apis'",
    });
  }
  const found = outer ?? inner;
  const said = [top.node, ...(project === undefined ? [] : [project.node])].some(({ entries }) =>
    entries.some(({ key }) => key === 'packages'),
  );
  if (!said) diagnostics.error('empty-manifest', top.node, "the manifest has no 'packages'");
  return found?.entries ?? [];
}

function readPackages({ reading, scope: around, draft, options }: Manifest, entries: readonly MapEntry[]): void {
  const seen = new Map<string, MapEntry>();
  for (const entry of entries) {
    const name = packageName(reading, entry, around);
    if (name === undefined) continue;
    const first = seen.get(name);
    if (first !== undefined) {
      reading.diagnostics.error('duplicate-entity', entry.keyNode, `there is another package '${name}'`, {
        related: [{ at: first.keyNode, message: 'the other package' }],
      });
      continue;
    }
    seen.set(name, entry);
    const what = name === '' ? 'the default package' : `package '${name}'`;
    const node = mapOf(reading, entry, what);
    const inputs = writtenInputs(mapUnder(node, 'inputs'), options.deployment.of('package', name)?.inputs);
    const scope = new InputScope(reading, inputs, around, `the inputs of ${what}`);
    for (const input of inputs) scope.resolve(input.name);
    const fields = new Fields(reading, node, manifestTables.package, { what, scope });
    const { deployment, limits } = options;
    readPackage(
      { reading, name, scope, advertised: limits },
      { entry, fields, inputs },
      { draft, deployment, inputs: scope },
    );
  }
}

/** `default`, in any case, is no package: its actions have none (§1.1.1). */
function packageName(reading: Reading, entry: MapEntry, scope: Scope): string | undefined {
  const name = readName(reading, entry, scope, 'a package');
  return name?.toLowerCase() === 'default' ? '' : name;
}

function projectName(
  { reading, options, scope }: Manifest,
  project: Fields | undefined,
  file: SourceFile,
): string | undefined {
  const { diagnostics } = reading;
  const written = project?.scalar('name');
  const own = project?.text('name');
  for (const node of options.deployment.projectNames) {
    const other = isEmpty(node) ? undefined : resolveText(reading, node, scope);
    if (other === undefined || own === undefined || other === own) continue;
    const related = written === undefined ? [] : [{ at: written, message: 'the name in the manifest' }];
    const message = `The project named [${other}] in deployment file [${node.file.name}] does not match the name [${own}] in manifest file [${file.name}]`;
    diagnostics.error('project-name-mismatch', node, message, { related });
  }
  const name = options.projectName ?? own;
  if (name === undefined && options.managed === true) {
    diagnostics.error('project-name-missing', project?.node ?? wholeFile(file), 'a managed project needs a name', {
      hint: 'write project: {name: NAME}, or say --projectname NAME',
    });
  }
  return name;
}
