import type { Clock } from '../../entity/clock.js';
import { maxPayloadBytes } from '../../entity/limits.js';
import type { Authenticator } from '../authentication.js';
import { readBytes } from '../body-reader.js';
import type { Exchange } from '../exchange.js';
import type { WebActions } from './web-actions.js';
import { webCallerOf } from './web-caller.js';
import { withPlatformHeaders, writeWebResponse } from './web-response.js';

/** What web requests are served with. */
export interface WebService {
  /** What answers: web actions, or what is addressed like them. */
  readonly actions: Pick<WebActions, 'serve'>;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
}

/** Answers a request to a web action that the guard let pass; its body must not have been read. */
export async function serveWeb({ actions, authenticator, clock }: WebService, exchange: Exchange): Promise<void> {
  const { request, response, transactionId } = exchange;
  const { method = '', url = '', headers, rawHeaders } = request;
  const received = clock.now();
  const answer = await actions.serve({
    ...{ method, url, headers, rawHeaders, transactionId, received },
    caller: await webCallerOf(headers, authenticator),
    readBody: () => readBytes(headers, request, maxPayloadBytes),
  });
  writeWebResponse(withPlatformHeaders(answer, [['X-Request-ID', transactionId]]), response);
}
