import { NetworkError } from '../errors/client-errors.js';

/** Whom a request was meant for, for the text of an error. */
export interface Destination {
  /** `https://host:port`, or the path of a socket. */
  readonly host: string;
  /** Where the host's name was configured. */
  readonly source: string;
  /** Name of the proxy variable in use, if any. */
  readonly proxy?: string;
}

const tlsCodes =
  /^(?:ERR_TLS|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/;

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return '';
}

function isLoopback(host: string): boolean {
  return /^(?:https?:\/\/)?(?:localhost|127\.|\[::1\])/.test(host);
}

/** `through the proxy in HTTPS_PROXY`, where there is one (C-57). */
function way({ proxy }: Destination): string {
  return proxy === undefined ? '' : ` through the proxy in ${proxy}`;
}

function proxyHint(proxy: string): string {
  return `check ${proxy}, or name the host in NO_PROXY`;
}

function refused(destination: Destination, error: unknown): NetworkError {
  const { host, proxy } = destination;
  if (proxy !== undefined) {
    const message = `cannot connect to ${host}${way(destination)}: the proxy refused the connection`;
    return new NetworkError(message, { hint: proxyHint(proxy), cause: error });
  }
  return new NetworkError(`cannot connect to ${destination.host}: connection refused`, {
    hint: isLoopback(destination.host)
      ? 'is the local platform running? rt platform start'
      : `the API host comes from ${destination.source}`,
    cause: error,
  });
}

function tls(destination: Destination, error: unknown): NetworkError {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const otherProtocol = /wrong version number|packet length too long|EPROTO/i.test(`${code} ${text}`);
  const other = destination.host.replace(/^https:/, 'http:');
  return new NetworkError(
    otherProtocol
      ? `cannot connect to ${destination.host}: the port does not speak TLS`
      : `cannot trust ${destination.host}: ${text}`,
    {
      code: 'tls',
      hint: otherProtocol ? `try --apihost ${other}` : 'use --cacert FILE to trust it, or -i to skip the check',
      cause: error,
    },
  );
}

/** The error for a request that got no usable answer, with the hint that its cause suggests (C-57). */
export function networkFailure(error: unknown, destination: Destination): NetworkError {
  if (error instanceof NetworkError) return error;
  const code = codeOf(error);
  const { host, source } = destination;
  const proxy = way(destination);
  if (tlsCodes.test(code)) return tls(destination, error);
  switch (code) {
    case 'ECONNREFUSED':
      return refused(destination, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new NetworkError(`cannot find the host of ${host}${proxy}`, {
        hint: destination.proxy === undefined ? `it comes from ${source}` : proxyHint(destination.proxy),
        cause: error,
      });
    case 'ECONNRESET':
    case 'EPIPE':
      return new NetworkError(`${host} closed the connection without an answer${proxy}`, {
        hint: host.startsWith('http:') ? `if it speaks TLS: --apihost ${host.replace(/^http:/, 'https:')}` : undefined,
        cause: error,
      });
    case 'HPE_INVALID_CONSTANT':
      return new NetworkError(`${host} did not answer with HTTP${proxy}`, {
        hint: host.startsWith('http:') ? `if it speaks TLS: --apihost ${host.replace(/^http:/, 'https:')}` : undefined,
        cause: error,
      });
    default: {
      const text = error instanceof Error ? error.message : String(error);
      return new NetworkError(`no usable answer from ${host}${proxy}: ${text}`, { cause: error });
    }
  }
}

/** The error for a request that took longer than `timeout` milliseconds. */
export function timeoutFailure(timeout: number, destination: Destination): NetworkError {
  return new NetworkError(`no answer from ${destination.host}${way(destination)} within ${String(timeout / 1000)} s`, {
    code: 'timeout',
    hint: 'allow more time with --timeout-http',
  });
}

/** The error for a proxy that does not let the request through, with the HTTP status that it gave. */
export function proxyRefusal(status: number, { host, proxy = 'the environment' }: Destination): NetworkError {
  const reason = status === 407 ? 'wants a user and a password' : 'refuses it';
  return new NetworkError(`cannot reach ${host}: the proxy in ${proxy} ${reason} (HTTP status ${String(status)})`, {
    hint: status === 407 ? `write ${proxy}=http://USER:PASSWORD@HOST:PORT` : proxyHint(proxy),
  });
}

/** The error for an answer that is larger than the client reads (RS-253). */
export function oversizedFailure(limit: number, destination: Destination): NetworkError {
  return new NetworkError(
    `the answer of ${destination.host} is larger than ${String(Math.floor(limit / 1024 / 1024))} MB`,
  );
}
