/**
 * Compares names with versions in them for a sort, the oldest first: `v9.1` before `v18.2`. Node's own comparison of numbers in texts loads the
 * tables of a language first, 25 ms (P-14).
 */
export function byVersion(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (part !== against) return compareParts(part, against);
  }
  return left.length - right.length;
}

/** Runs of digits and what stands between them. */
function partsOf(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function compareParts(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return one < other ? -1 : 1;
}
