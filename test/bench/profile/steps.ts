import type { Frame } from './cpu-profile.js';

/** A step of the hot path, told by the functions in which it begins. */
export interface Step {
  readonly name: string;
  /** As the flame graph shows them; a number that the bundler has added does not count. */
  readonly functions: readonly string[];
}

/** A step with its time. */
export interface StepTime {
  readonly name: string;
  /** Microseconds of CPU for each request. */
  readonly perRequest: number;
  /** 0 to 1: of all that the main thread did. */
  readonly share: number;
}

/** What belongs to no step: the event loop, the HTTP parser and the promises between the steps. */
const rest = 'Node itself: event loop, HTTP, streams, promises';

/**
 * The time of each step of a profile of `requests` requests. Time belongs to the innermost function that begins a step, so that nothing counts
 * twice.
 */
export function stepTimes(root: Frame, steps: readonly Step[], requests: number): StepTime[] {
  const stepOf = new Map(steps.flatMap(({ name, functions }) => functions.map((begin) => [begin, name] as const)));
  const times = new Map<string, number>([...steps.map(({ name }) => [name, 0] as const), [rest, 0]]);
  const visit = (frame: Frame, above: string): void => {
    const step = stepOf.get(frame.name.replace(/\d+$/u, '')) ?? above;
    times.set(step, (times.get(step) ?? 0) + frame.self);
    for (const child of frame.children) visit(child, step);
  };
  visit(root, rest);
  return [...times].map(([name, time]) => ({ name, perRequest: time / requests, share: time / root.total }));
}
