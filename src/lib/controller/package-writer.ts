import type { ArtifactStore, Change, EntityKey, StoredEntity } from '../database/artifact-store.js';
import type { Entitlement } from '../entitlement/entitlement.js';
import type { Clock } from '../entity/clock.js';
import { newHead, updatedHead } from '../entity/entity-fields.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import {
  type Binding,
  type PackageBody,
  parsePackageBody,
  withBindingAnnotation,
  type WhiskPackage,
} from '../entity/whisk-package.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, ok } from './answer.js';
import { retryConflicts } from './conflict-retry.js';
import { keyOutsidePackages, lookUpEntity } from './entity-lookup.js';
import { requiredObject } from './json-body.js';
import { type FoundPackage, putPackage, toPackage, toPackageText } from './package-documents.js';
import type { PackageReader } from './package-reader.js';
import type { ApiRequest } from './route.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly entitlement: Entitlement;
  readonly reader: PackageReader;
  readonly clock: Clock;
}

/** Means the packageless actions in names that users type, so that no package can have it (openwhisk-api.md §16.5). */
const reservedName = 'default';

/** Creates, updates and deletes packages and bindings (openwhisk-api.md §16). */
export class PackageWriter {
  constructor(private readonly deps: Deps) {}

  /** `PUT`: the order of the checks is that of §3.4. */
  async put(request: ApiRequest): Promise<Answer> {
    const json = requiredObject(request.body);
    const overwrite = request.query.boolean('overwrite', false);
    const body = parsePackageBody(json, request.identity.namespace);
    if (request.name === reservedName) throw new Rejection(400, messages.packageReserved(reservedName));
    if (body.binding !== undefined) await this.checkRight(request.identity, body.binding);
    const key = keyOutsidePackages(request);
    const entity = await lookUpEntity(this.deps.artifacts, 'packages', key);
    if (entity === undefined) return this.create(key, body);
    if (!overwrite) throw new Rejection(409, messages.exists);
    return this.update({ entity, found: toPackage(entity) }, body);
  }

  /** `DELETE`: a package with contents only by `force`, contents and all in one transaction (openwhisk-api.md §16.4). */
  delete(request: ApiRequest): Promise<Answer> {
    const force = request.query.boolean('force', false);
    return retryConflicts(async () => {
      const { entity, found } = await this.deps.reader.find(request);
      const contents = found.binding === undefined ? await this.contentsOf(entity.key, force) : [];
      await this.deps.artifacts.commit([...contents, { delete: entity.key, expected: entity.revision }]);
      return ok(toPackageText(found));
    });
  }

  private async create(key: EntityKey, body: PackageBody): Promise<Answer> {
    const { parameters = [], annotations = [], binding } = body;
    if (binding !== undefined) await this.checkProvider(binding);
    const { updated, ...head } = newHead(key, body, this.deps.clock.now());
    return this.store(
      { key, revision: 0 },
      {
        ...head,
        parameters,
        annotations: withBindingAnnotation(annotations, binding),
        ...(binding === undefined ? {} : { binding }),
        updated,
      },
    );
  }

  /** Given sets replace the stored ones (openwhisk-api.md §6.3); a package never becomes a binding (§16.3). */
  private async update({ entity, found }: FoundPackage, body: PackageBody): Promise<Answer> {
    if (body.binding !== undefined && found.binding === undefined) {
      throw new Rejection(409, messages.packageNotConvertible);
    }
    if (body.binding !== undefined) await this.checkProvider(body.binding);
    const binding = body.binding ?? found.binding;
    return this.store(entity, {
      ...found,
      ...updatedHead(found, body, this.deps.clock.now()),
      parameters: body.parameters ?? found.parameters,
      annotations: withBindingAnnotation(body.annotations ?? found.annotations, binding),
      ...(binding === undefined ? {} : { binding }),
    });
  }

  private async store(place: Pick<StoredEntity, 'key' | 'revision'>, written: WhiskPackage): Promise<Answer> {
    await this.deps.artifacts.commit([putPackage(place, written)]);
    return ok(toPackageText(written));
  }

  /** A provider in another namespace must be a public package; whether it exists is not told (openwhisk-api.md §16.3). */
  private async checkRight(identity: Identity, { namespace, name }: Binding): Promise<void> {
    if (namespace === identity.namespace) return;
    await this.deps.entitlement.check(identity, 'READ', { namespace, collection: 'packages', package: '', name });
  }

  private async checkProvider({ namespace, name }: Binding): Promise<void> {
    const entity = await this.deps.artifacts.find({ namespace, package: '', name });
    if (entity === undefined) throw new Rejection(400, messages.bindingProviderMissing);
    if (entity.collection !== 'packages') throw new Rejection(409, messages.bindingNotPackage);
    if (toPackage(entity).binding !== undefined) throw new Rejection(400, messages.bindingOfBinding);
  }

  /** Deletes everything in a package, with the condition that this was all; 409 when nobody asked for that. */
  private async contentsOf({ namespace, name }: EntityKey, force: boolean): Promise<Change[]> {
    const { artifacts, reader } = this.deps;
    const count = await artifacts.count({ collection: 'actions', namespace, package: name });
    const empty: Change = { package: { namespace, package: '', name }, must: 'be empty' };
    if (count === 0) return [empty];
    if (!force) throw new Rejection(409, messages.packageNotEmpty(count));
    const names = await reader.namesOfContents(namespace, name);
    const keys = names.map((action) => ({ namespace, package: name, name: action }));
    const found = await Promise.all(keys.map((key) => artifacts.find(key)));
    const deletions = found.flatMap((entity): Change[] =>
      entity === undefined ? [] : [{ delete: entity.key, expected: entity.revision }],
    );
    return [...deletions, empty];
  }
}
