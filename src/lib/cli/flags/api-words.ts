import { UsageError } from '../../errors/client-errors.js';
import { apiVerbs, type RouteFilter } from '../../client/api-routes.js';
import type { ApiFilter } from '../../client/apis-client.js';
import { type NewRoute, pathParameters } from '../../client/create-api.js';
import { didYouMean } from '../did-you-mean.js';
import { jsonMember } from '../json-text.js';
import { parseEntityName } from './entity-names.js';
import { readJson } from './parameter-file.js';
import type { TextInput } from './text-input.js';

/** Completes usage errors of `api create` (C-55), in wsk's words. */
export const createNeeds =
  'Specify a swagger file or specify an API base path with an API path, an API verb, and an action name.';

/** The route that `[BASE_PATH] PATH VERB ACTION` and the flags of `api create` mean. Throws UsageError (§11.7). */
export function newRoute(
  words: readonly string[],
  flags: { readonly apiname?: string | undefined; readonly 'response-type': string },
): NewRoute {
  const [basePath = '/', path, verb, action] = words.length === 3 ? ['/', ...words] : words;
  if (path === undefined || verb === undefined || action === undefined) {
    throw new UsageError(`Invalid argument(s). ${createNeeds}`, { showUsage: true });
  }
  checkPath(basePath);
  if (pathParameters(basePath).length > 0) {
    throw new UsageError(
      `The base path '${basePath}' cannot have parameters. Only the relative path supports path parameters.`,
      { showUsage: true },
    );
  }
  checkPath(path);
  const responseType = flags['response-type'];
  if (pathParameters(path).length > 0 && responseType !== 'http') {
    throw new UsageError("A response type of 'http' is required when using path parameters.", {
      hint: 'add --response-type http',
      showUsage: true,
    });
  }
  const name = parseEntityName(action, 'action');
  return { basePath, path, verb: parseVerb(verb), action: name, apiName: flags.apiname, responseType };
}

/** What `BASE_PATH|API_NAME [PATH [VERB]]` means. Throws UsageError. */
export function apiFilter(words: readonly string[]): ApiFilter & { readonly route: RouteFilter } {
  const [basepath, relpath, verb] = words;
  if (relpath !== undefined) checkPath(relpath);
  const operation = verb === undefined ? undefined : parseVerb(verb);
  return {
    ...(basepath === undefined ? {} : { basepath }),
    ...(relpath === undefined ? {} : { relpath }),
    ...(operation === undefined ? {} : { operation }),
    route: {
      ...(relpath === undefined ? {} : { path: relpath }),
      ...(operation === undefined ? {} : { verb: operation }),
    },
  };
}

/** The Swagger document in a JSON or YAML file as JSON text (§11.7). Throws UsageError. */
export async function readSwagger(file: string, input: TextInput): Promise<string> {
  const text = await readJson(file, `Invalid swagger file '${file}'`, input);
  const missing = ['basePath', 'info', 'paths', 'swagger'].filter((field) => isAbsent(jsonMember(text, [field])));
  if (missing.length > 0) {
    throw new UsageError('Swagger file is invalid (missing basePath, info, paths, or swagger fields)', {
      hint: `'${file}' has no ${missing.join(', ')}`,
    });
  }
  const basePath: unknown = JSON.parse(jsonMember(text, ['basePath']) ?? 'null');
  if (typeof basePath === 'string' && basePath.startsWith('/')) return text;
  throw new UsageError('Swagger file basePath must start with a leading slash (/)');
}

function isAbsent(value: string | undefined): boolean {
  return value === undefined || value === 'null' || value === '""';
}

function checkPath(path: string): void {
  if (!path.startsWith('/')) throw new UsageError(`'${path}' must begin with '/'.`, { showUsage: true });
}

function parseVerb(word: string): string {
  const verb = word.toLowerCase();
  if (apiVerbs.some((known) => known === verb)) return verb;
  throw new UsageError(`'${word}' is not a valid API verb.  Valid values are: ${apiVerbs.join(', ')}`, {
    hint: didYouMean(verb, apiVerbs),
    showUsage: true,
  });
}
