import { BlockList, isIP } from 'node:net';
import { ConfigError } from '../errors/client-errors.js';
import { isLoopback } from './apihost.js';
import { type Env, filled } from './setting.js';

/** The proxy that requests to a host go through. */
export interface Proxy {
  /** `http://[user:password@]host:port`, or `https:`. */
  readonly url: string;
  /** The variable that names it, for messages: the URL may hold a password (RS-255). */
  readonly variable: string;
}

/** A variable in lower or upper case; the lower one counts (C-13). */
function variable(env: Env, name: string): string | undefined {
  return [name.toLowerCase(), name].find((candidate) => filled(env[candidate]));
}

/** Host and port of an entry of NO_PROXY: `host`, `host:port`, `[::1]:port`; an address of IPv6 may stand without brackets. */
function partsOf(entry: string): { host: string; port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  if (bracketed !== null) return { host: bracketed[1] ?? '', port: bracketed[2] };
  const [host = '', port, more] = entry.split(':');
  return more === undefined && port !== undefined && /^\d+$/.test(port)
    ? { host, port }
    : { host: entry, port: undefined };
}

function isInRange(address: string, range: string): boolean {
  const [network = '', length = ''] = range.split('/');
  const [family, kind] = [isIP(network), isIP(address)];
  const most = family === 4 ? 32 : 128;
  if (family === 0 || family !== kind || !/^\d{1,3}$/.test(length) || Number(length) > most) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(length), type);
  return list.check(address, type);
}

function matches(entry: string, hostname: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(hostname, entry);
  const wanted = partsOf(entry.toLowerCase());
  if (wanted.port !== undefined && wanted.port !== port) return false;
  const suffix = wanted.host.replace(/^\*?\./, '');
  if (suffix === '') return false;
  return hostname === suffix || (isIP(suffix) === 0 && isIP(hostname) === 0 && hostname.endsWith(`.${suffix}`));
}

/** The URL of a proxy. A value without scheme is `http://VALUE`, as wsk documents it. Throws ConfigError for what cannot be used. */
function proxyUrl(value: string, name: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const usable = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).hostname !== '';
  if (usable) return url;
  throw new ConfigError(`the proxy in ${name} cannot be used`, { hint: 'write http://HOST:PORT or https://HOST:PORT' });
}

/**
 * The proxy for a URL, by `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`; undefined without one, for hosts in `NO_PROXY`, and always for this
 * machine (C-13).
 */
export function proxyFor(target: string, env: Env): Proxy | undefined {
  const { protocol, hostname: shown, port: given } = new URL(target);
  if (isLoopback(shown)) return undefined;
  const name = variable(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? variable(env, 'ALL_PROXY');
  const value = name === undefined ? undefined : env[name];
  if (name === undefined || value === undefined) return undefined;
  const hostname = shown.replace(/^\[|\]$/g, '').toLowerCase();
  const port = given === '' ? (protocol === 'https:' ? '443' : '80') : given;
  const exceptions = (env[variable(env, 'NO_PROXY') ?? ''] ?? '').split(/[\s,]+/).filter(filled);
  if (exceptions.some((entry) => matches(entry, hostname, port))) return undefined;
  return { url: proxyUrl(value.trim(), name), variable: name };
}
