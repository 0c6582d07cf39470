import { isJsonObject, type JsonObject, parseJson } from '../entity/json.js';
import { annotationOf, textOf } from './list-records.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** Whether an action can be called without a key: its `web-export` annotation is true (openwhisk-api.md §17.3). */
export function isWebAction(action: JsonObject): boolean {
  return annotationOf(action, 'web-export') === true;
}

/** The URL under which an action (JSON text) is called: that of the web action, otherwise that of the REST API (§11.1, `--url`). */
export function actionUrl(body: string, client: WhiskClient): string {
  const document = parseJson(body);
  const action = isJsonObject(document) ? document : {};
  const [namespace = '_', inPackage] = (textOf(action, 'namespace') ?? '_').split('/');
  const name = textOf(action, 'name') ?? '';
  if (!isWebAction(action)) {
    return client.url(namespacePath(namespace, 'actions', ...(inPackage === undefined ? [] : [inPackage]), name));
  }
  const path = [inPackage ?? 'default', name].map((part) => encodeURIComponent(part)).join('/');
  const own = namespaceHost(client.connection.apihost.value, namespace);
  const version = client.connection.apiversion.value;
  if (own !== undefined) return `${own}/api/${version}/web/${path}`;
  return client.url(`/web/${encodeURIComponent(namespace)}/${path}`);
}

/** Adobe gives every namespace a host of its own for its web actions (§17). */
function namespaceHost(apihost: string, namespace: string): string | undefined {
  const url = new URL(apihost);
  return url.hostname === 'adobeioruntime.net' ? `https://${namespace}.adobeioruntime.net` : undefined;
}
