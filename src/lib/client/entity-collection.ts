import { formatPath, type FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { EntityPlace } from '../errors/client-errors.js';
import { listAttempt, type ListPage, type ListRecord, toCount, toRecords } from './list-records.js';
import { type Attempt, bodyOf } from './responses.js';
import type { ApiRequest } from './transport.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** An entity that lives directly in a namespace. */
export type CollectedThing = 'trigger' | 'rule' | 'package';

/** What triggers, rules and packages have in common (openwhisk-api.md §6). Bodies are JSON texts; failures are HttpError or NetworkError. */
export abstract class EntityCollection {
  protected constructor(
    protected readonly client: WhiskClient,
    private readonly thing: CollectedThing,
  ) {}

  /** The namespace of the connection in the place of `_` (C-10). */
  namespace(typed: string): string {
    return typed === '_' ? this.client.connection.namespace.value : typed;
  }

  /** The name with the namespace of the connection in the place of `_` (C-8). */
  resolve(name: FullyQualifiedName): FullyQualifiedName {
    return { ...name, namespace: this.namespace(name.namespace) };
  }

  /** One page of summaries, newest first. */
  async list(namespace: string, page: ListPage): Promise<ListRecord[]> {
    const attempt = listAttempt(this.thing, namespace);
    const path = namespacePath(namespace, `${this.thing}s`);
    const body = await this.send({ method: 'GET', path, query: { ...page } }, attempt);
    return toRecords(body, attempt, this.client.connection);
  }

  /** Number of entities. */
  async count(namespace: string): Promise<number> {
    const collection = `${this.thing}s`;
    const path = namespacePath(namespace, collection);
    const request: ApiRequest = { method: 'GET', path, query: { count: true } };
    return toCount(await this.send(request, listAttempt(this.thing, namespace)), collection);
  }

  /** The entity as the server shows it. `what` completes `Unable to …`; without it, `get trigger 't'`. */
  get(name: FullyQualifiedName, what = `get ${this.thing} '${entityName(name)}'`): Promise<string> {
    return this.send({ method: 'GET', path: this.path(name) }, { what, entity: this.placeOf(name) });
  }

  /** Creates the entity, or replaces it with `overwrite`. Resolves with what is stored then. */
  put(
    name: FullyQualifiedName,
    body: string,
    options: { readonly overwrite: boolean; readonly attempt: Attempt },
  ): Promise<string> {
    const { overwrite, attempt } = options;
    const request: ApiRequest = { method: 'PUT', path: this.path(name), query: { overwrite }, body };
    return this.send(request, { entity: this.placeOf(name), ...attempt });
  }

  /** Deletes the entity and resolves with what it was. */
  delete(name: FullyQualifiedName, options: DeleteOptions = {}): Promise<string> {
    const { force, hints } = options;
    const request: ApiRequest = {
      method: 'DELETE',
      path: this.path(name),
      ...(force === undefined ? {} : { query: { force } }),
    };
    const what = `delete ${this.thing} '${entityName(name)}'`;
    return this.send(request, { what, entity: this.placeOf(name), ...(hints === undefined ? {} : { hints }) });
  }

  /** Sends a request and gives the body of its successful answer. */
  protected async send(request: ApiRequest, attempt: Attempt): Promise<string> {
    return bodyOf(await this.client.send(request), attempt, this.client.connection);
  }

  /** Where an entity is, for what is near to it when it is missing (C-57). */
  protected placeOf({ namespace, package: inside, name }: FullyQualifiedName): EntityPlace {
    return { collection: `${this.thing}s`, namespace, package: inside, name };
  }

  /** Path of an entity below the API root, every part encoded (C-8). */
  protected path({ namespace, package: inside, name }: FullyQualifiedName): string {
    return namespacePath(namespace, `${this.thing}s`, ...(inside === '' ? [] : [inside]), name);
  }
}

/** How a `delete` behaves. */
export interface DeleteOptions {
  /** Of a package: with its contents (openwhisk-api.md §16.4). */
  readonly force?: boolean;
  /** Hints for statuses. */
  readonly hints?: Readonly<Record<number, string>>;
}

/** A name as success lines and errors show it: without its namespace (C-44). */
export function entityName(name: FullyQualifiedName): string {
  return formatPath(name).slice(name.namespace.length + 1);
}
