/**
 * Runs `task` for every item, at most `limit` at a time, and gives the results in the order of the items (C-70). The first task that
 * rejects rejects the whole, and no further one begins. A task whose failure is none of the whole catches it itself.
 */
export async function inParallel<Item, Result>(
  limit: number,
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await task(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  } finally {
    queue.length = 0;
  }
  return results;
}
