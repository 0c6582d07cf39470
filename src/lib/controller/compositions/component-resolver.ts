import type { ArtifactStore } from '../../database/artifact-store.js';
import type { Entitlement, Privilege } from '../../entitlement/entitlement.js';
import { type FullyQualifiedName, formatPath, parseReference } from '../../entity/fully-qualified-name.js';
import type { Identity } from '../../entity/identity.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { type ActionReader, type FoundAction, keyOf } from '../action-reader.js';
import type { PreparedAction } from './activation-order.js';
import { prepareAction } from './prepare-action.js';

interface Deps {
  readonly entitlement: Pick<Entitlement, 'resolve'>;
  readonly reader: ActionReader;
  readonly artifacts: Pick<ArtifactStore, 'code'>;
}

/** Finds the actions that sequences and conductors name, as far as the caller is entitled to them. */
export class ComponentResolver {
  constructor(private readonly deps: Deps) {}

  /**
   * Refuses with 403 when the caller lacks a right to one of the components, naming all of those; with 404 when an own
   * package does not exist (openwhisk-api.md §4.4, §11.1). Whether the actions exist is not looked at.
   */
  async entitle(identity: Identity, privilege: Privilege, components: readonly string[]): Promise<void> {
    const names = components.map((component) => parseReference(component, identity.namespace));
    const refused: string[] = [];
    for (const name of names) {
      const refusal = await this.refusalOf(identity, privilege, name);
      if (refusal?.status === 403) refused.push(formatPath(name));
      else if (refusal !== undefined) throw refusal;
    }
    if (refused.length > 0) throw new Rejection(403, messages.notAuthorized([...new Set(refused)]));
  }

  /** The action, ready to run; undefined when it does not exist. Throws a Rejection when the caller is not entitled. */
  async resolve(identity: Identity, name: FullyQualifiedName): Promise<PreparedAction | undefined> {
    const resource = { collection: 'actions', ...name };
    const access = await this.deps.entitlement.resolve(identity, 'ACTIVATE', resource);
    const found: FoundAction | undefined = await this.deps.reader.lookUp(keyOf({ ...resource, access }));
    return found === undefined ? undefined : prepareAction(found, access, this.deps.artifacts);
  }

  private async refusalOf(
    identity: Identity,
    privilege: Privilege,
    name: FullyQualifiedName,
  ): Promise<Rejection | undefined> {
    try {
      await this.deps.entitlement.resolve(identity, privilege, { collection: 'actions', ...name });
      return undefined;
    } catch (error) {
      if (error instanceof Rejection) return error;
      throw error;
    }
  }
}
