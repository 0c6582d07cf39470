/** Milliseconds before a spinner appears (C-62). */
const delay = 500;

/** Shows that something is going on while a promise is pending. */
export interface Progress {
  during<T>(text: string, work: Promise<T>): Promise<T>;
}

/** For pipes, `--quiet`, `--json`, traces and CI: shows nothing (C-62). */
export const noProgress: Progress = { during: (_text, work) => work };

/** A spinner on stderr after half a second, removed when the work is done. ora is loaded only when it appears. */
export class SpinnerProgress implements Progress {
  /** `colored`: whether its stream shows colours (C-62). */
  constructor(private readonly deps: { readonly stream: NodeJS.WritableStream; readonly colored: boolean }) {}

  async during<T>(text: string, work: Promise<T>): Promise<T> {
    const settled = new AbortController();
    const shown = this.show(text, settled.signal);
    try {
      return await work;
    } finally {
      settled.abort();
      await shown;
    }
  }

  private async show(text: string, settled: AbortSignal): Promise<void> {
    const isDone = (): boolean => settled.aborted;
    await pause(delay, settled);
    if (isDone()) return;
    const { default: ora } = await import('ora');
    if (isDone()) return;
    const { stream, colored } = this.deps;
    const spinner = ora({ text, stream, color: colored && 'cyan', discardStdin: false }).start();
    await pause(Number.POSITIVE_INFINITY, settled);
    spinner.stop();
  }
}

/** Waits until the time is over or the signal comes. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined;
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
