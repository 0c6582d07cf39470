/** What the gateway's management answers with 502 and `{"error": text}` (openwhisk-api.md §18.5). */
export class GatewayFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayFailure';
  }
}
