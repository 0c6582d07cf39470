import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { EntityPlace } from '../errors/client-errors.js';
import { entityName } from './entity-collection.js';
import { type Attempt, bodyOf } from './responses.js';
import { type Invocation, toInvocation } from './invocation.js';
import { listAttempt, type ListPage, type ListRecord, toCount, toRecords } from './list-records.js';
import type { RequestBody } from './transport.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** Which actions a list shows: of a namespace with all its packages, or of one package. */
export interface ActionScope {
  readonly namespace: string;
  readonly package?: string;
}

/** How long an invocation is waited for and what is answered (openwhisk-api.md §8.1). */
export interface InvokeOptions {
  readonly blocking: boolean;
  /** Only the result; implies `blocking`. */
  readonly result: boolean;
  /** What the call is for, when errors should not just say that an action was invoked. */
  readonly attempt?: Attempt;
}

/** Milliseconds for a blocking invocation when nothing else is configured (§3): more than the 60 s that the server waits. */
const blockingTimeout = 90_000;

/** The actions collection (openwhisk-api.md §7.1, §8.1). Bodies are JSON texts; failures are HttpError or NetworkError. */
export class ActionsClient {
  constructor(private readonly client: WhiskClient) {}

  /** The namespace of the connection in the place of `_` (C-10). */
  namespace(typed: string): string {
    return typed === '_' ? this.client.connection.namespace.value : typed;
  }

  /** The name with the namespace of the connection in the place of `_` (C-8). */
  resolve(name: FullyQualifiedName): FullyQualifiedName {
    return { ...name, namespace: this.namespace(name.namespace) };
  }

  /** One page of summaries, newest first. */
  async list(scope: ActionScope, page: ListPage): Promise<ListRecord[]> {
    const attempt = listAttempt('action', scope.namespace);
    return toRecords(await this.read(collectionPath(scope), attempt, { ...page }), attempt, this.client.connection);
  }

  /** Number of actions. */
  async count(scope: ActionScope): Promise<number> {
    const attempt = listAttempt('action', scope.namespace);
    return toCount(await this.read(collectionPath(scope), attempt, { count: true }), 'actions');
  }

  /** The action as the server shows it. `typed` is the name for messages. */
  get(name: FullyQualifiedName, options: { readonly code: boolean; readonly typed?: string }): Promise<string> {
    const attempt = { what: `get action '${options.typed ?? entityName(name)}'`, entity: placeOf(name) };
    return this.read(actionPath(name), attempt, { code: options.code ? undefined : false });
  }

  /** Creates the action, or replaces it with `overwrite`. Resolves with the stored action. */
  async put(name: FullyQualifiedName, body: RequestBody, options: PutOptions): Promise<string> {
    const { overwrite, unread = false } = options;
    const request = { method: 'PUT' as const, path: actionPath(name), query: { overwrite }, body, unread };
    const response = await this.client.send(request);
    const attempt = { entity: placeOf(name), ...options.attempt, sentBytes: Buffer.byteLength(body) };
    return bodyOf(response, attempt, this.client.connection);
  }

  /** Deletes the action and resolves with what it was. */
  async delete(name: FullyQualifiedName, attempt: Attempt): Promise<string> {
    const response = await this.client.send({ method: 'DELETE', path: actionPath(name) });
    return bodyOf(response, { entity: placeOf(name), ...attempt }, this.client.connection);
  }

  /** Invokes the action with one JSON object of arguments. An action that fails is an outcome, not an error. */
  async invoke(name: FullyQualifiedName, args: string, options: InvokeOptions): Promise<Invocation> {
    const blocking = options.blocking || options.result;
    const timeout = this.client.connection.timeout?.value ?? (blocking ? blockingTimeout : undefined);
    const response = await this.client.send({
      method: 'POST',
      path: actionPath(name),
      query: { blocking, result: options.result },
      body: args,
      ...(timeout === undefined ? {} : { timeout }),
    });
    const attempt = {
      ...(options.attempt ?? { what: `invoke action '${entityName(name)}'` }),
      entity: placeOf(name),
      sentBytes: Buffer.byteLength(args),
    };
    return toInvocation(response, { blocking, attempt, connection: this.client.connection });
  }

  private async read(
    path: string,
    attempt: Attempt,
    query: Readonly<Record<string, string | number | boolean | undefined>>,
  ): Promise<string> {
    return bodyOf(await this.client.send({ method: 'GET', path, query }), attempt, this.client.connection);
  }
}

/** How a `put` behaves and what its error says. */
export interface PutOptions {
  readonly overwrite: boolean;
  readonly attempt: Attempt;
  /** The stored action is not needed; what is given then may be empty. */
  readonly unread?: boolean;
}

/** Path of an action below the API root, every part encoded (C-8). */
function actionPath(name: FullyQualifiedName): string {
  return namespacePath(name.namespace, 'actions', ...(name.package === '' ? [] : [name.package]), name.name);
}

function placeOf(name: FullyQualifiedName): EntityPlace {
  return { collection: 'actions', namespace: name.namespace, package: name.package, name: name.name };
}

function collectionPath(scope: ActionScope): string {
  const path = namespacePath(scope.namespace, 'actions');
  // The slash at the end tells a package from an action of that name (openwhisk-api.md §7.1).
  return scope.package === undefined ? path : `${path}/${encodeURIComponent(scope.package)}/`;
}
