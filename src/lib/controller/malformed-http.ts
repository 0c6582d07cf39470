import type { Socket } from 'node:net';
import { messages } from '../entity/messages.js';
import type { Random } from '../entity/random.js';
import { transactionIdOf } from './transaction-id.js';

const answers: Readonly<Record<string, readonly [status: number, reason: string, text: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'The header fields of the request are larger than allowed: 16384 bytes.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request was not received in time.'],
};

const malformed = [400, 'Bad Request', messages.badSyntax] as const;

/** Answers bytes that are no HTTP request, or none in time, and closes the connection (RS-201, RS-202, RS-167). */
export function answerMalformedHttp(error: NodeJS.ErrnoException, socket: Socket, random: Random): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, text] = answers[error.code ?? ''] ?? malformed;
  const transactionId = transactionIdOf(undefined, random);
  const body = JSON.stringify({ error: text, code: transactionId });
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${reason}`,
      'Content-Type: application/json',
      `X-Request-ID: ${transactionId}`,
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
