/** Rules about what is not part of the program: deploying projects, and developing against the local platform. */
const OUT_OF_SCOPE: ReadonlySet<number> = new Set([73, 76]);

/** The last rule of the command-line specification. */
const LAST = 80;

/** The rules of the command line that tests must begin with: C-1 to C-80. */
export function rulesInScope(): readonly string[] {
  const numbers = Array.from({ length: LAST }, (_, index) => index + 1);
  return numbers.filter((number) => !OUT_OF_SCOPE.has(number)).map((number) => `C-${String(number)}`);
}

/** The rules that titles of tests in a source begin with; `C-44, C-46: …` counts for both, `C-74 to C-76` for three. */
export function coveredRules(source: string): ReadonlySet<string> {
  const rules = new Set<string>();
  for (const [, title = ''] of source.matchAll(/\b(?:it|describe)\(\s*['"`]((?:[A-Z]+-\d+(?:, | and | to |,)?)+)/gu)) {
    for (const [, first = '', last = first] of title.matchAll(/C-(\d+)(?: to C-(\d+))?/gu)) {
      for (let number = Number(first); number <= Number(last); number += 1) rules.add(`C-${String(number)}`);
    }
  }
  return rules;
}
