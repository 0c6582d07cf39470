/** Time as an argument: tests drive it, durations survive jumps of the wall clock (RS-128). */
export interface Clock {
  /** Epoch milliseconds, for records and API fields. */
  now(): number;
  /** Monotonic milliseconds with fraction, for durations, limits and idle times. */
  monotonic(): number;
  /** Calls back once after `ms`; returns what cancels it. Never keeps the process alive. */
  after(ms: number, callback: () => void): () => void;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
