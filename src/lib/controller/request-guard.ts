import type { IncomingHttpHeaders } from 'node:http';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';

/** Longest request target, in characters (RS-201). */
export const maxUriLength = 8192;

/** What the guard looks at; the head of a request as Node read it. */
export interface RequestHead {
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

/**
 * Refuses what no program of the user sends, before routing and without CORS headers: foreign hosts (RS-241, DNS
 * rebinding), foreign origins (RS-242), two Host lines (RS-202), targets that are too long (RS-201) or not a path. Web actions
 * may be called from any site (RS-243).
 */
export function guardRequest(head: RequestHead, allowedHosts: readonly string[], sites: 'own' | 'any' = 'own'): void {
  const host = head.headers.host ?? '';
  const url = head.url ?? '';
  if (countHosts(head.rawHeaders) > 1 || !url.startsWith('/')) throw new Rejection(400, messages.badSyntax);
  if (!isAllowedHost(host, allowedHosts)) throw new Rejection(403, messages.hostNotAllowed(host));
  const refusal = sites === 'own' ? refusalOfOrigin(head.headers) : undefined;
  if (refusal !== undefined) throw refusal;
  if (url.length > maxUriLength) throw new Rejection(414, messages.uriTooLong(url.length, maxUriLength));
}

/**
 * Turns an absolute target that names the server itself into a path; any other absolute target keeps its form, which
 * the guard refuses.
 */
export function toPath(url: string, host: string | undefined): string {
  if (url.startsWith('/')) return url;
  const own = `http://${host ?? ''}/`;
  return host !== undefined && url.startsWith(own) ? url.slice(own.length - 1) : url;
}

/** Whether a `Host` may reach the platform: loopback names and addresses, and what was configured; the port is ignored. */
export function isAllowedHost(host: string, allowedHosts: readonly string[]): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i.exec(host);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return (
    name === 'localhost' ||
    name === '127.0.0.1' ||
    name === '[::1]' ||
    /^(?:[a-z0-9_-]+\.)+localhost$/.test(name) ||
    allowedHosts.includes(name)
  );
}

/** Why a request is none of our own pages or programs (RS-242); undefined when it is one. */
export function refusalOfOrigin(headers: IncomingHttpHeaders): Rejection | undefined {
  const { origin, host = '' } = headers;
  if (origin !== undefined) {
    return origin === `http://${host}` ? undefined : new Rejection(403, messages.originNotAllowed(origin));
  }
  return headers['sec-fetch-site'] === 'cross-site' ? new Rejection(403, messages.crossSite) : undefined;
}

/** Node drops repeated Host lines silently; only the raw list shows them. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
