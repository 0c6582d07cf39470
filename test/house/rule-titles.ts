/** Rules about what is not part of the program: deploying projects, and developing against the local platform. */
const OUT_OF_SCOPE: ReadonlySet<number> = new Set([73, 76]);

/** The last rule of the command-line specification. */
const LAST = 80;

/** The titles of a test: those of the suites around it, outermost first, then its own. */
export type TitlePath = readonly string[];

/** What the titles of tests say about the rules of the command line. */
export interface RuleCoverage {
  /** How many rules a test begins with. */
  readonly covered: number;
  /** Rules that no test begins with. */
  readonly missing: readonly string[];
  /** Rules that titles begin with and that the specification does not have. */
  readonly unknown: readonly string[];
}

/** The rules of the command line that tests must begin with: C-1 to C-80. */
export function rulesInScope(): readonly string[] {
  const numbers = Array.from({ length: LAST }, (_, index) => index + 1);
  return numbers.filter((number) => !OUT_OF_SCOPE.has(number)).map((number) => `C-${String(number)}`);
}

/** The rules that a title begins with; `C-44, C-46: …` has two, `C-74 to C-76 …` three, `RS-1 and C-2 …` one. */
function rulesOf(title: string): readonly string[] {
  const [start = ''] = /^(?:[A-Z]+-\d+(?:, | and | to |,)?)*/u.exec(title) ?? [];
  return [...start.matchAll(/\bC-(\d+)(?: to C-(\d+))?/gu)].flatMap(([, first = '', last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `C-${String(Number(first) + index)}`),
  );
}

/** Compares the titles of all tests with the specification. A rule counts when the test or a suite around it begins with it. */
export function ruleCoverage(tests: readonly TitlePath[]): RuleCoverage {
  const named = new Set(tests.flat().flatMap(rulesOf));
  const missing = rulesInScope().filter((rule) => !named.has(rule));
  const unknown = [...named].filter((rule) => Number(rule.slice(2)) < 1 || Number(rule.slice(2)) > LAST);
  return { covered: rulesInScope().length - missing.length, missing, unknown };
}
