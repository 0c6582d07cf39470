/** Runs synchronous work and gives its result as a promise: what it throws becomes a rejection. */
export function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
