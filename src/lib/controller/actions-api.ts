import type { ArtifactStore, EntityQuery } from '../database/artifact-store.js';
import { maxPayloadBytes } from '../entity/limits.js';
import { mergeParameters } from '../entity/merge-arguments.js';
import { toActionText } from './action-documents.js';
import type { ActionInvocation } from './action-invocation.js';
import type { ActionReader } from './action-reader.js';
import type { ActionWriter } from './action-writer.js';
import { type Answer, countOf, listOf, ok } from './answer.js';
import type { ApiRequest, Collection, Route } from './route.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly reader: ActionReader;
  readonly writer: ActionWriter;
  readonly invocation: ActionInvocation;
}

/** Actions: list, read, create, update, delete, invoke (openwhisk-api.md §7, §8). */
export function createActionsApi(deps: Deps): Collection {
  return {
    name: 'actions',
    routes: [
      ...listRoutes(deps),
      ...entityRoutes(deps, '/:namespace/actions/:name'),
      ...entityRoutes(deps, '/:namespace/actions/:package/:name'),
    ],
  };
}

function listRoutes({ artifacts }: Deps): Route[] {
  const list: Omit<Route, 'path'> = {
    method: 'GET',
    summary: 'List actions, the last updated first',
    privilege: 'READ',
    run: (request) => listActions(artifacts, request),
  };
  return [
    { ...list, path: '/:namespace/actions' },
    { ...list, path: '/:namespace/actions/' },
    { ...list, path: '/:namespace/actions/:package/', summary: 'List the actions of a package' },
  ];
}

function entityRoutes({ reader, writer, invocation }: Deps, path: string): Route[] {
  return [
    {
      method: 'GET',
      path,
      summary: 'Read an action',
      privilege: 'READ',
      run: (request) => readAction(reader, request),
    },
    {
      method: 'PUT',
      path,
      summary: 'Create or update an action',
      privilege: 'PUT',
      run: (request) => writer.put(request),
    },
    {
      method: 'POST',
      path,
      summary: 'Invoke an action',
      privilege: 'ACTIVATE',
      maxBody: maxPayloadBytes,
      run: (request) => invocation.activate(request),
    },
    {
      method: 'DELETE',
      path,
      summary: 'Delete an action',
      privilege: 'DELETE',
      run: (request) => writer.delete(request),
    },
  ];
}

async function listActions(artifacts: ArtifactStore, { namespace, access, query }: ApiRequest): Promise<Answer> {
  const range = query.range('actions');
  const provider = access.package?.provider;
  const asked: EntityQuery =
    provider === undefined
      ? { collection: 'actions', namespace }
      : { collection: 'actions', namespace: provider.namespace, package: provider.name };
  if (query.boolean('count', false)) return countOf('actions', await artifacts.count(asked), range.skip);
  return listOf(await artifacts.list({ ...asked, ...range }));
}

/** Shows the merged parameters; without code the binding too (openwhisk-api.md §7.7). */
async function readAction(reader: ActionReader, request: ApiRequest): Promise<Answer> {
  const through = request.access.package;
  const withCode = request.query.boolean('code', true);
  const { action, code } = withCode
    ? await reader.findWithCode(request)
    : { ...(await reader.find(request)), code: undefined };
  return ok(
    toActionText(action, {
      parameters: mergeParameters([through?.parameters ?? [], action.parameters]),
      code,
      binding: withCode ? undefined : through?.binding,
    }),
  );
}
