import type { Clock } from '../../entity/clock.js';
import type { OutputEnd } from '../stream-collector.js';

const megabyte = 1024 * 1024;

/** Milliseconds without output after which sentinels that must come are given up (action-interface.md §1.7.2). */
const sentinelPatience = 2_000;

/** Milliseconds that output gets to arrive where no sentinel is promised: after an error, and of an image that writes none. */
const errorPatience = 250;
const plainPatience = 20;

/**
 * Knows the end of an activation's output by the sentinel on both streams (§1.7). `promised` says whether the image writes it; of another
 * image what has come so far is taken, until it has shown once that it writes sentinels too (AI-315, AI-316).
 */
export function sentinelEnd(clock: Clock, promised: boolean): OutputEnd {
  let expected = promised;
  return async (output, { limit, developerError }) => {
    const strict = expected && !developerError;
    const patience = strict ? sentinelPatience : developerError ? errorPatience : plainPatience;
    const deadline = clock.monotonic() + Math.max(5, limit / megabyte) * sentinelPatience;
    for (;;) {
      if (output.marked) {
        expected = true;
        return true;
      }
      // What is cut needs no end: the container is not used again.
      if (output.overflowed) return true;
      const left = Math.min(patience, deadline - clock.monotonic());
      if (output.ended || left <= 0) return !strict;
      const before = output.arrivals;
      await output.change(left);
      if (output.arrivals === before) return !strict;
    }
  };
}
