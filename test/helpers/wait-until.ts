/** Waits until a condition holds; fails with the text when it does not within `timeout` milliseconds. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 5000,
): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${String(timeout)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
