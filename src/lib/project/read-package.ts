import type { JsonValue } from '../entity/json.js';
import { readAnnotations } from './annotations.js';
import type { Deployment } from './deployment.js';
import type { DesiredPackage } from './desired-state.js';
import type { ActionDraft, ProjectDraft } from './draft.js';
import { Fields } from './fields.js';
import { type InputScope, inputValues, writtenInputs, type WrittenInput } from './inputs.js';
import { manifestTables } from './manifest-keys.js';
import { entityKey, readName } from './names.js';
import type { PackageReading } from './package-reading.js';
import { mapOf, readAction, readSequence, readVersion } from './read-action.js';
import { readRoutes } from './read-routes.js';
import { readRule, readTrigger } from './read-trigger.js';
import type { MapEntry } from './source-tree.js';

/** One package of a manifest: its keys, and its inputs with what deployment files add. */
export interface WrittenPackage {
  readonly entry: MapEntry;
  readonly fields: Fields;
  readonly inputs: readonly WrittenInput[];
}

/** Where entities are put, and what is known from elsewhere. */
export interface PackageTarget {
  readonly draft: ProjectDraft;
  readonly deployment: Deployment;
  /** The inputs of the package as variables. */
  readonly inputs: InputScope;
}

/** Puts a package and all that is in it into the draft (§1.1.1). Problems are reported, the rest is read all the same. */
export function readPackage(around: PackageReading, written: WrittenPackage, target: PackageTarget): void {
  const { fields } = written;
  if (around.name !== '') {
    const value = desiredPackage(around, written, target);
    target.draft.packages.set(around.name, { at: written.entry.keyNode, value });
  }
  readDependencies(around, fields, target.draft);
  readActions(around, fields, target);
  readTriggers(around, fields, target);
  readRules(around, fields, target.draft);
  readRoutes(around, fields.map('apis'), target.draft);
}

function desiredPackage(
  { reading, scope, name }: PackageReading,
  { entry, fields, inputs }: WrittenPackage,
  { deployment, inputs: values }: PackageTarget,
): DesiredPackage {
  const path = `packages/${name}`;
  const parameters = inputs.map(({ name: input }): [string, JsonValue] => {
    const resolved = values.resolve(input);
    if (resolved !== undefined) reading.origins.set(`${path}/parameters/${input}`, resolved.origin);
    return [input, resolved?.value ?? ''];
  });
  const publish = fields.flag('public') ?? false;
  if (publish) {
    reading.diagnostics.warning('public-package', entry.keyNode, `everyone can use the package '${name}'`);
  }
  const feeds = fields.nodeOf('feeds');
  if (feeds !== undefined) reading.diagnostics.warning('ignored-key', feeds, "'feeds' of a package has no effect");
  const version = readVersion(reading, fields, scope);
  return {
    publish,
    ...(version === undefined ? {} : { version }),
    parameters: Object.fromEntries(parameters),
    annotations: readAnnotations(
      reading,
      {
        map: fields.map('annotations'),
        deployment: deployment.of('package', name)?.annotations,
        description: fields.literal('description'),
        path,
      },
      scope,
    ),
  };
}

/** Names of the entities under one key of a package, in their order; illegal names are reported and left out. */
function named(
  { reading, scope }: PackageReading,
  fields: Fields,
  key: string,
  thing: string,
): { name: string; entry: MapEntry }[] {
  return (fields.map(key)?.entries ?? []).flatMap((entry) => {
    const name = readName(reading, entry, scope, thing);
    return name === undefined ? [] : [{ name, entry }];
  });
}

function readActions(around: PackageReading, fields: Fields, { draft, deployment }: PackageTarget): void {
  for (const { name, entry } of named(around, fields, 'actions', 'an action')) {
    const overrides = deployment.of('action', entityKey(around.name, name));
    addAction(around, draft, readAction(around, { name, entry, overrides }));
  }
  for (const { name, entry } of named(around, fields, 'sequences', 'a sequence')) {
    addAction(around, draft, readSequence(around, { name, entry }));
  }
}

function addAction({ reading }: PackageReading, { actions }: ProjectDraft, action: ActionDraft): void {
  const first = actions.get(action.key);
  if (first === undefined) {
    actions.set(action.key, action);
    return;
  }
  reading.diagnostics.error('duplicate-entity', action.at, `there is another ${first.type} '${action.key}'`, {
    related: [{ at: first.at, message: `the other ${first.type}` }],
  });
}

function readTriggers(around: PackageReading, fields: Fields, { draft, deployment }: PackageTarget): void {
  for (const { name, entry } of named(around, fields, 'triggers', 'a trigger')) {
    const value = readTrigger(around, { name, entry, overrides: deployment.of('trigger', name) });
    const first = draft.triggers.get(name);
    // Triggers live in the namespace, so two packages may list the same one.
    if (first === undefined) draft.triggers.set(name, { at: entry.keyNode, value });
    else if (JSON.stringify(first.value) !== JSON.stringify(value)) {
      around.reading.diagnostics.error('duplicate-entity', entry.keyNode, `there is another trigger '${name}'`, {
        hint: 'triggers belong to the namespace, not to the package that lists them',
        related: [{ at: first.at, message: 'the other trigger' }],
      });
    }
  }
}

function readRules(around: PackageReading, fields: Fields, { rules }: ProjectDraft): void {
  for (const { name, entry } of named(around, fields, 'rules', 'a rule')) {
    const rule = readRule(around, { name, entry });
    const first = rules.get(name);
    if (first === undefined) rules.set(name, rule);
    else {
      around.reading.diagnostics.error('duplicate-entity', entry.keyNode, `there is another rule '${name}'`, {
        hint: 'rules belong to the namespace, not to the package that lists them',
        related: [{ at: first.at, message: 'the other rule' }],
      });
    }
  }
}

/** Dependencies become bindings that are named by their label (§1.1.7). */
function readDependencies(around: PackageReading, fields: Fields, { packages }: ProjectDraft): void {
  const { reading, scope } = around;
  for (const { name, entry } of named(around, fields, 'dependencies', 'a binding')) {
    const what = `dependency '${name}'`;
    const own = new Fields(reading, mapOf(reading, entry, what), manifestTables.dependency, { what, scope });
    const binding = readLocation(around, own);
    const path = `packages/${name}`;
    const value = {
      binding: binding ?? '',
      parameters: inputValues(reading, writtenInputs(own.map('inputs'), undefined), scope, `${path}/parameters`),
      annotations: readAnnotations(
        reading,
        { map: own.map('annotations'), deployment: undefined, description: undefined, path },
        scope,
      ),
    };
    const first = packages.get(name);
    if (first === undefined) packages.set(name, { at: entry.keyNode, value });
    else if (JSON.stringify(first.value) !== JSON.stringify(value)) {
      const code = 'binding' in first.value ? 'bad-dependency' : 'duplicate-entity';
      reading.diagnostics.error(code, entry.keyNode, `there is another package or dependency '${name}'`, {
        related: [{ at: first.at, message: 'the other one' }],
      });
    }
  }
}

function readLocation({ reading }: PackageReading, fields: Fields): string | undefined {
  const node = fields.scalar('location');
  const location = fields.text('location')?.trim();
  if (node === undefined || location === undefined) {
    reading.diagnostics.error('bad-dependency', fields.node, "a dependency needs 'location'", {
      hint: 'write location: /namespace/package',
    });
    return undefined;
  }
  if (/^\/[^/]+\/[^/]+$/.test(location)) return location;
  const message = location.startsWith('/')
    ? `'${location}' is not /namespace/package`
    : 'dependencies on other projects are not supported yet';
  reading.diagnostics.error('bad-dependency', node, message, {
    hint: 'deploy the other project by itself and name its package as /namespace/package',
  });
  return undefined;
}
