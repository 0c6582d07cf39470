/**
 * Tells when the output of an activation is there whose answer has just been read. A runtime writes its output before its answer, so all
 * of it already lies in the private pipes and no sentinel is needed (RS-507). Readiness of a pipe is queued before that of the link; only
 * what becomes ready while the kernel walks that queue may come one poll later than a link that stood in it already. So the pipes are
 * read when the next poll, which does not sleep, is over: one read empties a pipe (64 KB), and libuv repeats full ones.
 *
 * All answers of one turn of the event loop are told together: their records become one group, and their containers get their next
 * requests before anything else is polled.
 */
export class PipeTurns {
  private next: Promise<true> | undefined;

  /** Resolves with true when everything has been read that was written before what the caller has just read. */
  readonly afterRead = (): Promise<true> => {
    this.next ??= new Promise((resolve) => {
      setImmediate(() => {
        // What is read from now on needs a poll of its own.
        this.next = undefined;
        setImmediate(resolve, true);
      });
    });
    return this.next;
  };
}
