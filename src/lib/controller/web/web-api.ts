import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../entity/clock.js';
import { maxPayloadBytes } from '../../entity/limits.js';
import type { Authenticator } from '../authentication.js';
import { readBytes } from '../body-reader.js';
import type { WebActions } from './web-actions.js';
import { webCallerOf } from './web-caller.js';
import { withPlatformHeaders, writeWebResponse } from './web-response.js';

interface Deps {
  /** What answers: web actions, or what is addressed like them. */
  readonly actions: Pick<WebActions, 'serve'>;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
}

/** Answers a request to a web action that the guard let pass; its body must not have been read. */
export async function serveWeb(
  { actions, authenticator, clock }: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { method, headers, raw, id } = request;
  const received = clock.now();
  const response = await actions.serve({
    method,
    url: raw.url ?? '',
    headers,
    rawHeaders: raw.rawHeaders,
    transactionId: id,
    received,
    caller: await webCallerOf(headers, authenticator),
    readBody: () => readBytes(headers, raw, maxPayloadBytes),
  });
  reply.hijack();
  writeWebResponse(withPlatformHeaders(response, [['X-Request-ID', id]]), reply.raw);
}
