import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';

/** How the result of a web action becomes a response (openwhisk-api.md §17.2). */
export type WebExtension = 'http' | 'json' | 'html' | 'svg' | 'text';

/** What the address of a web action says (openwhisk-api.md §17.1). */
export interface WebTarget {
  readonly namespace: string;
  /** `''` for the default package. */
  readonly package: string;
  readonly name: string;
  readonly extension: WebExtension;
  /** What follows the action, with its leading slash, as sent; `''` when nothing does. */
  readonly path: string;
  /** What follows the question mark, as sent. */
  readonly query: string;
}

const extensions: ReadonlyMap<string, WebExtension> = new Map(
  (['http', 'json', 'html', 'svg', 'text'] as const).map((extension) => [extension, extension]),
);

/** Whether a text names one of the extensions. */
export function isWebExtension(text: string): text is WebExtension {
  return extensions.has(text);
}

/** Segments of `/api/v1/web/` before the namespace, the empty one in front included. */
const prefixSegments = 4;

/**
 * Takes a request target below `/api/v1/web` apart; names are decoded but not checked. Throws the 404 of an unknown
 * route when namespace, package or action is missing, and a 400 when a name is not decodable (RS-206).
 */
export function parseWebTarget(url: string): WebTarget {
  const end = url.search(/[?#]/);
  const address = end === -1 ? url : url.slice(0, end);
  const [namespace = '', packageName = '', segment = '', ...rest] = address.split('/').slice(prefixSegments);
  if (namespace === '' || packageName === '' || segment === '') throw new Rejection(404, messages.noRoute);
  const decodedPackage = decode(packageName);
  return {
    namespace: decode(namespace),
    package: decodedPackage === 'default' ? '' : decodedPackage,
    ...splitExtension(decode(segment)),
    path: rest.map((part) => `/${part}`).join(''),
    query: url[end] === '?' ? url.slice(end + 1).replace(/#[^]*$/, '') : '',
  };
}

/** A suffix that is no known extension belongs to the name. */
function splitExtension(segment: string): Pick<WebTarget, 'name' | 'extension'> {
  const dot = segment.lastIndexOf('.');
  const extension = dot === -1 ? undefined : extensions.get(segment.slice(dot + 1));
  return extension === undefined ? { name: segment, extension: 'http' } : { name: segment.slice(0, dot), extension };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new Rejection(400, messages.badSyntax, { cause: error });
  }
}
