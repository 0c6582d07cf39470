/** A value that is there already, or later: what is remembered costs no turn of the microtask queue. */
export type AtOnce<T> = T | Promise<T>;

/** Goes on with a value, in this very turn when it is there. Throws or rejects as `next` does. */
export function goOn<T, R>(value: AtOnce<T>, next: (value: T) => AtOnce<R>): AtOnce<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
