import type { Log } from '../entity/log.js';

/** What has been started and must be ended, in reverse order, whatever fails. */
export class Lifetime {
  private readonly endings: { readonly what: string; readonly end: () => unknown }[] = [];
  private ended: Promise<void> | undefined;

  constructor(private readonly deps: { readonly log: Log }) {}

  /** `what` completes `could not …` in the log. */
  onEnd(what: string, end: () => unknown): void {
    this.endings.push({ what, end });
  }

  /** Ends everything; idempotent. Failures are logged, and the rest goes on. */
  end(): Promise<void> {
    this.ended ??= this.endAll();
    return this.ended;
  }

  private async endAll(): Promise<void> {
    for (let next = this.endings.pop(); next !== undefined; next = this.endings.pop()) {
      try {
        await next.end();
      } catch (error) {
        this.deps.log.error('platform', `could not ${next.what}`, error);
      }
    }
  }
}
