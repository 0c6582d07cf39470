import type { ProjectDraft, RouteDraft } from './draft.js';
import { Fields } from './fields.js';
import { manifestTables } from './manifest-keys.js';
import { entityKey } from './names.js';
import type { PackageReading } from './package-reading.js';
import { mapOf } from './read-action.js';
import { type Reading, resolveText } from './reading.js';
import { isEmpty, type MapEntry, type MapNode, type ScalarNode } from './source-tree.js';
import type { Scope } from './variables.js';

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const responses: readonly string[] = ['http', 'json', 'html', 'text', 'svg'];

/** The keys above one route: API name, base path, path, action. */
interface RouteKeys {
  readonly api: ScalarNode;
  readonly base: ScalarNode;
  readonly path: ScalarNode;
  readonly action: MapEntry;
}

/** Puts the routes of `apis: {NAME: {BASE: {PATH: {ACTION: {method, response}}}}}` into the draft (§1.1.6). */
export function readRoutes(around: PackageReading, apis: MapNode | undefined, { routes }: ProjectDraft): void {
  for (const keys of apis === undefined ? [] : routeKeys(around.reading, apis)) {
    const route = readRoute(around, keys);
    if (route === undefined) continue;
    const same = (other: RouteDraft): boolean =>
      other.basePath === route.basePath && other.path === route.path && other.method === route.method;
    const first = routes.find(same);
    if (first === undefined) routes.push(route);
    else {
      const message = `there is another route ${route.method} ${route.basePath}${route.path}`;
      around.reading.diagnostics.error('duplicate-entity', route.at, message, {
        related: [{ at: first.at, message: 'the other route' }],
      });
    }
  }
}

function routeKeys(reading: Reading, apis: MapNode): readonly RouteKeys[] {
  const below = (entry: MapEntry): readonly MapEntry[] => {
    if (entry.value.type === 'map') return entry.value.entries;
    if (!isEmpty(entry.value)) reading.diagnostics.error('wrong-type', entry.value, 'a map is expected here');
    return [];
  };
  return apis.entries.flatMap((api) =>
    below(api).flatMap((base) =>
      below(base).flatMap((path) =>
        below(path).map((action) => ({ api: api.keyNode, base: base.keyNode, path: path.keyNode, action })),
      ),
    ),
  );
}

function readRoute({ reading, scope, name }: PackageReading, keys: RouteKeys): RouteDraft | undefined {
  const { action } = keys;
  const what = `the route to '${action.key}'`;
  const fields = new Fields(reading, mapOf(reading, action, what), manifestTables.route, { what, scope });
  const basePath = readBasePath(reading, keys.base, scope);
  const path = `/${resolveText(reading, keys.path, scope).replace(/^\/+/, '')}`;
  const method = readMethod(reading, fields, action.keyNode);
  if (basePath === undefined || method === undefined) return undefined;
  return {
    at: action.keyNode,
    name: resolveText(reading, keys.api, scope),
    basePath,
    path,
    method,
    action: entityKey(name, resolveText(reading, action.keyNode, scope)),
    response: readResponse(reading, fields, path),
  };
}

function readBasePath(reading: Reading, node: ScalarNode, scope: Scope): string | undefined {
  const segment = resolveText(reading, node, scope).replace(/^\/+/, '');
  if (segment !== '' && !/[/{}]/.test(segment)) return `/${segment}`;
  reading.diagnostics.error(
    'bad-value',
    node,
    `'${node.text}' cannot be a base path: it is one segment without parameters`,
  );
  return undefined;
}

function readMethod({ diagnostics, nearest }: Reading, fields: Fields, at: ScalarNode): string | undefined {
  const node = fields.scalar('method');
  if (node === undefined) {
    diagnostics.error('bad-value', at, "a route needs 'method'", { hint: `one of ${methods.join(', ')}` });
    return undefined;
  }
  const method = fields.text('method')?.toUpperCase() ?? '';
  if (methods.includes(method)) return method;
  diagnostics.error('bad-value', node, `'${method}' is not a method of HTTP that a route can have`, {
    suggestion: nearest(method, methods),
    hint: `one of ${methods.join(', ')}`,
  });
  return undefined;
}

/** Path parameters reach the action only with `http`. */
function readResponse({ diagnostics, nearest }: Reading, fields: Fields, path: string): string {
  const node = fields.scalar('response');
  const response = fields.text('response')?.toLowerCase() ?? 'http';
  if (node !== undefined && !responses.includes(response)) {
    diagnostics.error('bad-value', node, `'${response}' is not a type of a response`, {
      suggestion: nearest(response, responses),
      hint: `one of ${responses.join(', ')}`,
    });
  }
  if (!path.includes('{')) return response;
  if (node !== undefined && response !== 'http') {
    diagnostics.warning('bad-value', node, "a path with parameters has the response type 'http'", {
      suggestion: 'http',
    });
  }
  return 'http';
}
