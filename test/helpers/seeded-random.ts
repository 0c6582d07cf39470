/** Numbers that are the same for the same seed, so that a failed run can be repeated. */
export class SeededRandom {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    // A linear congruential generator with the constants of Numerical Recipes; the low bits are too regular.
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * bound);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}
