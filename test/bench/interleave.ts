/** Things to measure by name, each giving one sample. */
export type Contestants<T> = Readonly<Record<string, () => Promise<T>>>;

/**
 * Runs floor and candidates in turn, in random order within a round, and gives the samples of each by round (performance.md §1).
 * They never run at the same time.
 */
export async function interleave<T>(
  contestants: Contestants<T>,
  rounds: number,
  onRound: () => void,
): Promise<(name: string) => readonly T[]> {
  const samples = new Map<string, T[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    onRound();
    for (const [name, measure] of shuffled(Object.entries(contestants))) samples.get(name)?.push(await measure());
  }
  return (name) => samples.get(name) ?? [];
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
