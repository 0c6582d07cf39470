import { HttpError } from '../errors/client-errors.js';
import { type ListRecord, textOf, toRecords } from './list-records.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** Milliseconds that a hint may cost. */
const patience = 2000;

/** Records that are looked through for a near name. */
const looked = 200;

/** How the candidates for a name are compared with it. */
export type Nearest = (word: string, candidates: readonly string[]) => string | undefined;

/**
 * The same error with a hint that one further request gives (C-57): for a 404 names near the missing one, for a 403 in a named
 * namespace the one that the key belongs to. The error itself when there is nothing to add, or when the request fails.
 */
export async function withRemedy(
  error: HttpError,
  client: WhiskClient,
  options: { readonly nearest: Nearest; readonly names: boolean },
): Promise<HttpError> {
  try {
    if (error.status === 403 && isForeign(error)) return withHint(error, await ownNamespace(client));
    if (error.status !== 404 || error.hint !== undefined || !options.names) return error;
    return withHint(error, await nearName(error, client, options.nearest));
  } catch {
    // A hint is not worth a second error.
    return error;
  }
}

/** Whether the request named a namespace, which may be another one than that of the key. */
function isForeign({ entity }: HttpError): boolean {
  return entity !== undefined && entity.namespace !== '_';
}

function withHint(error: HttpError, hint: string | undefined): HttpError {
  if (hint === undefined || error.status === undefined) return error;
  const { status, transactionId, entity } = error;
  return new HttpError(error.message, { status, transactionId, entity, hint, cause: error });
}

async function ownNamespace(client: WhiskClient): Promise<string | undefined> {
  const response = await client.send({ method: 'GET', path: '/namespaces', timeout: patience });
  const names: unknown = response.status === 200 ? JSON.parse(response.body) : [];
  const own = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  if (own.length === 0) return undefined;
  const list = own.map((name) => `'${name}'`).join(', ');
  return `the key (from ${client.connection.auth.source}) is one for the namespace ${list}`;
}

async function nearName(error: HttpError, client: WhiskClient, nearest: Nearest): Promise<string | undefined> {
  const { entity } = error;
  if (entity === undefined || entity.name === '') return undefined;
  const path = namespacePath(entity.namespace, entity.collection);
  const query = { limit: looked, skip: 0 };
  const response = await client.send({ method: 'GET', path, query, timeout: patience });
  if (response.status !== 200) return undefined;
  const records = toRecords(response.body, { what: `obtain the list of ${entity.collection}` }, client.connection);
  const places = records.map(placeOf);
  const same = places.filter(({ inPackage }) => inPackage === entity.package).map(({ name }) => name);
  const near = nearest(entity.name, same);
  if (near !== undefined) return `did you mean '${joined(entity.package, near)}'?`;
  const elsewhere = places.find(({ name }) => name === entity.name);
  if (elsewhere === undefined) return undefined;
  const where = elsewhere.inPackage === '' ? 'outside of packages' : `in package '${elsewhere.inPackage}'`;
  return `it exists ${where}: '${joined(elsewhere.inPackage, elsewhere.name)}'`;
}

function joined(inPackage: string, name: string): string {
  return inPackage === '' ? name : `${inPackage}/${name}`;
}

function placeOf(record: ListRecord): { readonly inPackage: string; readonly name: string } {
  const [, inPackage = ''] = (textOf(record, 'namespace') ?? '').split('/');
  return { inPackage, name: textOf(record, 'name') ?? '' };
}
