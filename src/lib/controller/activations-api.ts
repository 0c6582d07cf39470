import type { ActivationQuery, ActivationStore } from '../database/activation-store.js';
import { parseActivationId } from '../entity/activation-id.js';
import { isEntityName } from '../entity/entity-name.js';
import { memberText } from '../invoker/member-text.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, countOf, listOf, ok } from './answer.js';
import { malformed, type QueryParameters } from './query-parameters.js';
import type { ApiRequest, Collection, Route } from './route.js';

/** Makes an answer of the text of a record. */
type Cut = (record: string) => string;

/** Activation records: list, read, logs, result (openwhisk-api.md §10). Read only. */
export function createActivationsApi(deps: { readonly activations: ActivationStore }): Collection {
  const list = (path: string): Route => ({
    method: 'GET',
    path,
    summary: 'List activations, newest first',
    privilege: 'READ',
    run: (request) => listActivations(deps.activations, request),
  });
  const read = (path: string, summary: string, cut?: Cut): Route => ({
    method: 'GET',
    path,
    summary,
    privilege: 'READ',
    run: (request) => readActivation(deps.activations, request, cut),
  });
  return {
    name: 'activations',
    routes: [
      list('/:namespace/activations'),
      list('/:namespace/activations/'),
      read('/:namespace/activations/:id', 'Read the record of an activation'),
      read('/:namespace/activations/:id/', 'Read the record of an activation'),
      read('/:namespace/activations/:id/logs', 'Read the logs of an activation', cutLogs),
      read('/:namespace/activations/:id/result', 'Read the response of an activation', cutResponse),
    ],
  };
}

async function listActivations(activations: ActivationStore, { namespace, query }: ApiRequest): Promise<Answer> {
  const { limit, skip } = query.range('activations');
  const count = query.boolean('count', false);
  const docs = query.boolean('docs', false);
  if (count && docs) throw new Rejection(400, messages.docsWithCount);
  const filter = toFilter(namespace, query);
  if (count) return countOf('activations', await activations.count(filter), skip);
  return listOf(await activations.list({ ...filter, limit, skip, docs }));
}

/** The record is sent as the text that is stored; parts are cut out of it. */
async function readActivation(activations: ActivationStore, request: ApiRequest, cut?: Cut): Promise<Answer> {
  const record = await activations.get(request.namespace, parseActivationId(request.id));
  if (record === undefined) throw new Rejection(404, messages.notFound);
  return ok(cut === undefined ? record : cut(record));
}

function cutLogs(record: string): string {
  return `{"logs":${memberText(record, 'logs') ?? '[]'}}`;
}

function cutResponse(record: string): string {
  return memberText(record, 'response') ?? '{}';
}

function toFilter(namespace: string, query: QueryParameters): ActivationQuery {
  const since = toTime('since', query);
  const upto = toTime('upto', query);
  return {
    namespace,
    ...toNameFilter(query.text('name')),
    ...(since === undefined ? {} : { since }),
    ...(upto === undefined ? {} : { upto }),
  };
}

/** A simple name means the default package only (openwhisk-api.md §10.4). */
function toNameFilter(text: string | undefined): { readonly name?: string; readonly package?: string } {
  if (text === undefined) return {};
  const parts = text.split('/');
  if (parts.length > 2 || !parts.every(isEntityName)) throw malformed('name', messages.activationFilter(text));
  const [first = '', second] = parts;
  return second === undefined ? { name: first, package: '' } : { name: second, package: first };
}

/** Milliseconds, although the text says seconds (openwhisk-api.md §24, 12). */
function toTime(name: 'since' | 'upto', query: QueryParameters): number | undefined {
  const text = query.text(name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw malformed(name, messages.epochSeconds(text));
  return Number(text);
}
