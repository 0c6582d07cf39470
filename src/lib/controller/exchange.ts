import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { Log } from '../entity/log.js';
import { messages } from '../entity/messages.js';
import type { Random } from '../entity/random.js';
import { Rejection } from '../errors/rejection.js';
import type { Answer } from './answer.js';
import { readBody } from './body-reader.js';
import { toErrorAnswer, toRejection } from './error-answer.js';
import { inPieces } from './large-text.js';
import { transactionIdOf } from './transaction-id.js';

/** Names and values in turn, as the reference sends them (openwhisk-api.md §2.5). */
const corsLines = [
  ...['access-control-allow-origin', '*'],
  ...['access-control-allow-headers', 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent'],
  ...['access-control-allow-methods', 'GET, DELETE, POST, PUT, HEAD'],
];

/** What an exchange needs besides Node's request and response. */
export interface ExchangeDeps {
  readonly log: Log;
  readonly random: Random;
}

/**
 * One request of the API with its response, however it was routed: every answer but those of web actions is written here,
 * straight on Node's response.
 */
export class Exchange {
  readonly transactionId: string;
  /** Whether the answer has CORS headers: all but those to requests that the guard refuses (RS-242). */
  isOwnSite = false;
  private isLast = false;

  constructor(
    private readonly deps: ExchangeDeps,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    this.transactionId = transactionIdOf(request.headers['x-request-id'], deps.random);
  }

  /** The body as text, as `readBody` gives it. When it is refused, more of it may follow: the answer closes the connection. */
  async readBody(maxBytes: number): Promise<string> {
    try {
      return await readBody(this.request.headers, this.request, maxBytes);
    } catch (error) {
      this.isLast = true;
      throw error;
    }
  }

  /** Sends an answer; nothing may have been sent before. Header names are lower case, `content-type` has no charset (§2.2). */
  answer({ status, text, type = 'application/json', headers = {} }: Answer): void {
    const { response } = this;
    const lines = ['x-request-id', this.transactionId];
    if (this.isOwnSite) lines.push(...corsLines);
    if (this.isLast) lines.push('connection', 'close');
    for (const [name, value] of Object.entries(headers)) lines.push(name.toLowerCase(), value);
    if (status === 204) {
      response.writeHead(status, lines).end();
      return;
    }
    lines.push('content-type', type, 'content-length', String(Buffer.byteLength(text)));
    response.writeHead(status, lines);
    const pieces = inPieces(text);
    if (pieces === undefined) response.end(text);
    else pipeline(pieces, response, ignoreLostCaller);
  }

  /** Answers with the refusal that an error stands for; a bug is a 500 without details, and a line in the log. */
  refuse(error: unknown): void {
    const { request, transactionId } = this;
    const rejection = toRejection(error, request.headers['content-type']);
    if (rejection === undefined) {
      this.deps.log.error('controller', `${request.method ?? ''} failed (transaction ${transactionId})`, error);
    }
    this.answer(toErrorAnswer(rejection ?? new Rejection(500, messages.internalError), transactionId));
  }
}

/** Who closes the connection while a large answer leaves does not want the rest. */
function ignoreLostCaller(): void {
  // Nothing is left to do: `pipeline` has ended the pieces.
}
