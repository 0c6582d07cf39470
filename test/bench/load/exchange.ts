/** One connection that carries one request at a time. */
export interface Exchange {
  /** Sends the request; `done` is called with the status when the whole answer has arrived. */
  send(done: (status: number) => void): void;
  close(): void;
}

/** Opens one more connection to the server under load. */
export type OpenExchange = () => Promise<Exchange>;
