import type { ApiStore } from '../../database/api-store.js';
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { isWebExtension } from '../web/web-target.js';
import { QueryParameters } from '../query-parameters.js';
import { type ApiFilter, filterApis, isNamed, readApi, type ReadApi, toApiValue } from './api-listing.js';
import { checkDocument } from './document-rules.js';
import { GatewayFailure } from './gateway-failure.js';
import { type ApiDefinition, parseApiDefinition } from './route-definition.js';
import { emptyDocument, pathsOf, withoutRoute, withRoute } from './swagger-document.js';

interface Deps {
  readonly apis: ApiStore;
  /** URL of the platform, known once it listens. */
  readonly url: () => string;
}

/** What an operation gets: the arguments of the call and, when the caller authenticated, its namespace. */
export interface ApiCall {
  readonly namespace: string | undefined;
  readonly args: JsonObject;
}

/** Management of the gateway's APIs (openwhisk-api.md §18). All throw GatewayFailure. */
export class ApiOperations {
  constructor(private readonly deps: Deps) {}

  /** Adds a route to an API, or replaces a whole API (§18.2). */
  async create({ namespace, args }: ApiCall): Promise<JsonObject> {
    if (namespace === undefined) throw new GatewayFailure(messages.apiKeyRequired);
    const definition = parseApiDefinition(args['apidoc'], namespace);
    const extension = textOf(args, 'responsetype') ?? 'json';
    if (!isWebExtension(extension)) {
      throw new GatewayFailure(messages.apiCreation(messages.responseTypeUnknown(extension)));
    }
    const { basePath } = definition;
    let created: JsonObject = {};
    await this.deps.apis.update(namespace, basePath, (before) => {
      created =
        definition.kind === 'document'
          ? definition.document
          : withRoute(documentBefore(before, definition), definition.route, extension);
      const text = stringifyJson(created);
      checkDocument(basePath, created, text);
      return text;
    });
    return toApiValue(this.urlFor(namespace), { basePath, document: created });
  }

  /** Lists APIs, all or those that a filter finds (§18.4). */
  async get({ namespace, args }: ApiCall): Promise<JsonObject> {
    const filter = toFilter(args);
    if (namespace === undefined) throw new GatewayFailure(messages.apiAuthentication);
    const query = new QueryParameters(args);
    const { limit, skip } = query.range('apis');
    const found = filterApis(await this.deps.apis.list(namespace), filter).slice(skip);
    const url = this.urlFor(namespace);
    const shown = query.text('limit') === undefined ? found : found.slice(0, limit);
    return { apis: shown.map((api) => ({ id: 'Not Used', key: 'Not Used', value: toApiValue(url, api) })) };
  }

  /** Removes an API, a path or a verb of a path; the last one takes the API with it (§18.3). */
  async delete({ namespace, args }: ApiCall): Promise<JsonObject> {
    const { basepath, relpath, operation } = toFilter(args);
    if (namespace === undefined) throw new GatewayFailure(messages.apiAuthentication);
    if (basepath === undefined) throw new GatewayFailure(messages.basepathRequired);
    const basePath = await this.basePathOf(namespace, basepath);
    await this.deps.apis.update(namespace, basePath, (text) => {
      if (text === undefined) throw new GatewayFailure(messages.apiDeletion(messages.apiMissing(basepath)));
      return relpath === undefined ? undefined : remove(readApi({ basePath, document: text }), relpath, operation);
    });
    return {};
  }

  private async basePathOf(namespace: string, name: string): Promise<string> {
    if (name.startsWith('/')) return name;
    const apis = (await this.deps.apis.list(namespace)).map(readApi).filter((api) => isNamed(api, name));
    if (apis.length > 1) throw new GatewayFailure(messages.apiDeletion(messages.apiAmbiguous(name)));
    return apis[0]?.basePath ?? name;
  }

  private urlFor(namespace: string): string {
    return `${this.deps.url()}/gateway/${encodeURIComponent(namespace)}`;
  }
}

function documentBefore(text: string | undefined, { basePath, route }: ApiDefinition & { kind: 'route' }): JsonObject {
  const document = text === undefined ? undefined : parseJson(text);
  return isJsonObject(document) ? document : emptyDocument(basePath, route.title ?? basePath);
}

/** The document without a route; undefined when nothing is left. */
function remove({ document }: ReadApi, path: string, operation: string | undefined): string | undefined {
  const left = withoutRoute(document, path, operation);
  if (left === undefined) {
    const missing =
      operation === undefined ? messages.apiPathMissing(path) : messages.apiOperationMissing(path, operation);
    throw new GatewayFailure(messages.apiDeletion(missing));
  }
  return Object.keys(pathsOf(left)).length === 0 ? undefined : stringifyJson(left);
}

function toFilter(args: JsonObject): ApiFilter {
  const [basepath, relpath, operation] = ['basepath', 'relpath', 'operation'].map((name) => textOf(args, name));
  if (operation !== undefined && relpath === undefined) throw new GatewayFailure(messages.operationNeedsPath);
  return {
    ...(basepath === undefined ? {} : { basepath }),
    ...(relpath === undefined ? {} : { relpath }),
    ...(operation === undefined ? {} : { operation: operation.toLowerCase() }),
  };
}

function textOf(args: JsonObject, name: string): string | undefined {
  return new QueryParameters(args).text(name);
}
