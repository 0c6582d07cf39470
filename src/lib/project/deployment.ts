import type { Overrides } from './draft.js';
import { type Reading, resolveText } from './reading.js';
import { isEmpty, type MapEntry, type MapNode, type ScalarNode, type SourceNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** What deployment files say of one entity, later files before earlier ones. */
interface EntityOverrides {
  readonly key: ScalarNode;
  readonly inputs: Map<string, SourceNode>;
  readonly annotations: Map<string, SourceNode>;
  used: boolean;
}

/** Kinds of entities whose inputs and annotations a deployment file may give. */
type OverriddenKind = 'package' | 'action' | 'trigger';

const connectionKeys: ReadonlySet<string> = new Set([
  'namespace',
  'apiHost',
  'credential',
  'apigwAccessToken',
  'version',
]);

/** Inputs and annotations that deployment files add to a manifest or replace in it (§1.1.8). */
export class Deployment {
  /** `project.name` of the files. */
  readonly projectNames: ScalarNode[] = [];
  private readonly entities = new Map<string, EntityOverrides>();
  /** Connection keys of the files, for the check of the target. */
  readonly connection = new Map<string, ScalarNode>();

  constructor(private readonly reading: Reading) {}

  /** Reads one more file; what it says goes before what earlier ones say. `scope` has the inputs of the project. */
  add(root: MapNode, scope: Scope): void {
    for (const entry of root.entries) {
      if (entry.key === 'packages') this.packages(entry, scope);
      else if (entry.key === 'project') this.project(entry, scope);
      else if (entry.key !== 'filepath') this.refuse(entry.keyNode);
    }
  }

  /** What the files say of an entity by its key: `p`, `p/a`, `t`. */
  of(kind: OverriddenKind, key: string): Overrides | undefined {
    const entity = this.entities.get(`${kind} ${key}`);
    if (entity !== undefined) entity.used = true;
    return entity;
  }

  /** Reports what the manifest does not have. `known` gives the keys of the entities that it has. */
  reportUnused(known: Readonly<Record<OverriddenKind, Iterable<string>>>): void {
    for (const [id, { key, used }] of this.entities) {
      if (used) continue;
      const [kind, name] = [id.split(' ', 1)[0] ?? '', id.slice(id.indexOf(' ') + 1)];
      const suggestion = this.reading.nearest(name, known[kind as OverriddenKind]);
      this.reading.diagnostics.error('unknown-in-deployment', key, `the manifest has no ${kind} '${name}'`, {
        suggestion: suggestion?.split('/').at(-1),
      });
    }
  }

  private project({ value }: MapEntry, scope: Scope): void {
    for (const entry of this.mapEntries(value)) {
      if (entry.key === 'packages') this.packages(entry, scope);
      else if (entry.value.type !== 'scalar') this.refuse(entry.keyNode);
      else if (entry.key === 'name') this.projectNames.push(entry.value);
      else if (connectionKeys.has(entry.key)) this.connection.set(entry.key, entry.value);
      else this.refuse(entry.keyNode);
    }
  }

  private packages({ value }: MapEntry, scope: Scope): void {
    for (const entry of this.mapEntries(value)) {
      const name = resolveText(this.reading, entry.keyNode, scope);
      const packageName = name.toLowerCase() === 'default' ? '' : name;
      const rest = this.entity('package', packageName, entry);
      for (const part of rest) {
        if (part.key === 'actions' || part.key === 'triggers') this.members(part, packageName, scope);
        else this.refuse(part.keyNode);
      }
    }
  }

  private members({ key: collection, value }: MapEntry, packageName: string, scope: Scope): void {
    for (const entry of this.mapEntries(value)) {
      const name = resolveText(this.reading, entry.keyNode, scope);
      const key = collection === 'triggers' || packageName === '' ? name : `${packageName}/${name}`;
      const rest = this.entity(collection === 'triggers' ? 'trigger' : 'action', key, entry);
      for (const { keyNode } of rest) this.refuse(keyNode);
    }
  }

  /** Takes inputs and annotations of one entity, and gives the entries that are something else. */
  private entity(kind: OverriddenKind, key: string, { keyNode, value }: MapEntry): readonly MapEntry[] {
    const id = `${kind} ${key}`;
    const known = this.entities.get(id) ?? { key: keyNode, inputs: new Map(), annotations: new Map(), used: false };
    // The default package is none: its name in a deployment file only leads to its actions.
    if (id !== 'package ') this.entities.set(id, known);
    return this.mapEntries(value).filter((entry) => {
      if (entry.key !== 'inputs' && entry.key !== 'annotations') return true;
      for (const member of this.mapEntries(entry.value)) known[entry.key].set(member.key, member.value);
      return false;
    });
  }

  private mapEntries(node: SourceNode): readonly MapEntry[] {
    if (node.type === 'map') return node.entries;
    if (!isEmpty(node)) this.reading.diagnostics.error('wrong-type', node, 'a map is expected here');
    return [];
  }

  private refuse(key: ScalarNode): void {
    const { diagnostics, nearest } = this.reading;
    diagnostics.error('not-overridable', key, `'${key.text}' cannot be set in a deployment file`, {
      suggestion: nearest(key.text, ['inputs', 'annotations', 'packages', 'actions', 'triggers', 'project', 'name']),
      hint: 'it gives inputs and annotations of packages, actions and triggers; write the rest in the manifest',
    });
  }
}
