/** Thrown for what a feed cannot do; the message is the `error` of the feed action (openwhisk-api.md §15.2). */
export class FeedRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FeedRefusal';
  }
}
