import { ConfigError } from '../errors/client-errors.js';

/** Whether a host name or address (without port) is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
}

/**
 * An API host as URL without trailing slash (§3): `host`, `host:port` or URL. Without scheme it is `https://`, and `http://` for this
 * machine. A trailing `/api` or `/api/v1` is removed. Throws ConfigError naming `source`.
 */
export function normaliseApihost(text: string, source: string): string {
  const trimmed = text.trim();
  const schemed = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${schemeFor(trimmed)}://${trimmed}`;
  const url = URL.canParse(schemed) ? new URL(schemed) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '' && !/\s/.test(trimmed);
  if (!usable || trimmed === '') {
    throw new ConfigError(`'${text}' (from ${source}) is not a valid API host`, {
      hint: 'write a host, host:port or an http(s) URL',
    });
  }
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/api(?:\/v1)?$/, '')
    .replace(/\/+$/, '');
  return `${url.protocol}//${url.host}${path}`;
}

/** An API host as it is stored: as typed, without trailing slashes, after its form has been checked (C-72). Throws ConfigError. */
export function storedApihost(text: string, source: string): string {
  normaliseApihost(text, source);
  return text.trim().replace(/\/+$/, '');
}

function schemeFor(text: string): string {
  const [authority = ''] = text.split('/');
  const hostname = authority.startsWith('[') ? authority.replace(/\].*$/, ']') : authority.replace(/:\d*$/, '');
  return isLoopback(hostname) ? 'http' : 'https';
}
