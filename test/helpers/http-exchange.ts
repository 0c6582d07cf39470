import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';

/** One request as it goes over the wire: nothing is normalized. */
export interface HttpExchange {
  readonly origin: string;
  readonly method: string;
  /** The request target. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request on a connection of its own; gives the status, the content type and the text of the answer. */
export function exchange({ origin, method, path, headers = {}, body = '' }: HttpExchange): Promise<{
  readonly status: number;
  readonly type: string;
  readonly text: string;
}> {
  const { hostname, port } = new URL(origin);
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, agent: false, headers: { ...headers, ...length } });
    request.on('error', reject);
    request.on('response', (response) => {
      const { statusCode = 0, headers: received } = response;
      text(response).then((whole) => {
        resolve({ status: statusCode, type: received['content-type'] ?? '', text: whole });
      }, reject);
    });
    request.end(body);
  });
}
