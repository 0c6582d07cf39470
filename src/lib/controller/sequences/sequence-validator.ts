import type { ArtifactStore, EntityKey, StoredEntity } from '../../database/artifact-store.js';
import { toStoredPackage } from '../../entitlement/stored-package.js';
import type { SequenceExec } from '../../entity/exec.js';
import { type FullyQualifiedName, parseReference } from '../../entity/fully-qualified-name.js';
import type { Identity } from '../../entity/identity.js';
import { maxSequenceLength } from '../../entity/limits.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { toAction } from '../action-documents.js';
import type { ComponentResolver } from '../compositions/component-resolver.js';

interface Deps {
  readonly artifacts: Pick<ArtifactStore, 'find'>;
  readonly resolver: Pick<ComponentResolver, 'entitle'>;
}

/** One walk through a sequence and the sequences nested in it. */
interface Walk {
  /** Paths of the sequences that are being looked into: to meet one of them again is a cycle. */
  readonly within: ReadonlySet<string>;
  /** Atomic actions of the nested sequences that were looked into already. */
  readonly known: Map<string, number>;
}

/** Decides whether a sequence may be created or updated (openwhisk-api.md §11.1). */
export class SequenceValidator {
  constructor(private readonly deps: Deps) {}

  /** Refuses components that the caller may not read: 403, or 404 for a missing own package. */
  async entitle(identity: Identity, { components }: SequenceExec): Promise<void> {
    // A longer list is refused by `check` without any look at its components.
    if (components.length <= maxSequenceLength) await this.deps.resolver.entitle(identity, 'READ', components);
  }

  /**
   * Refuses with 400 an empty list, a missing component, a sequence that contains itself, and more than 50 actions after
   * inlining; with 409 a component that is no action. `key` is where the sequence will be stored.
   */
  async check(key: EntityKey, { components }: SequenceExec): Promise<void> {
    if (components.length === 0) throw new Rejection(400, messages.componentsEmpty);
    if (components.length > maxSequenceLength) throw new Rejection(400, messages.sequenceTooLong);
    const walk = { within: new Set([pathOf(key)]), known: new Map<string, number>() };
    const count = await this.countActions(components, walk);
    if (count > maxSequenceLength) throw new Rejection(400, messages.sequenceTooLong);
  }

  /** How many atomic actions run when these components do; never less than one for each. */
  private async countActions(components: readonly string[], walk: Walk): Promise<number> {
    let count = 0;
    for (const component of components) {
      count += await this.countIn(await this.locate(parseReference(component, '_')), walk);
    }
    return count;
  }

  private async countIn(key: EntityKey, walk: Walk): Promise<number> {
    const path = pathOf(key);
    if (walk.within.has(path)) throw new Rejection(400, messages.sequenceCyclic);
    const known = walk.known.get(path);
    if (known !== undefined) return known;
    const { exec } = toAction(await this.read(key));
    if (!('components' in exec)) return 1;
    const count = await this.countActions(exec.components, { ...walk, within: new Set([...walk.within, path]) });
    walk.known.set(path, count);
    return count;
  }

  /** Where an action is stored: in the provider, when the name leads through a binding. */
  private async locate({ namespace, package: packageName, name }: FullyQualifiedName): Promise<EntityKey> {
    const key = { namespace, package: packageName, name };
    if (packageName === '') return key;
    const entity = await this.deps.artifacts.find({ namespace, package: '', name: packageName });
    const provider = entity?.collection === 'packages' ? toStoredPackage(entity).binding : undefined;
    return provider === undefined ? key : { namespace: provider.namespace, package: provider.name, name };
  }

  private async read(key: EntityKey): Promise<StoredEntity> {
    const entity = await this.deps.artifacts.find(key);
    if (entity === undefined) throw new Rejection(400, messages.sequenceComponentMissing);
    if (entity.collection !== 'actions') throw new Rejection(409, messages.conformance);
    return entity;
  }
}

function pathOf({ namespace, package: packageName, name }: EntityKey): string {
  return `${namespace}/${packageName}/${name}`;
}
