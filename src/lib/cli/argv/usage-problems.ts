import { UsageError } from '../../errors/client-errors.js';

/** Several problems of one command line, reported together (C-59). */
export class UsageProblems extends UsageError {
  constructor(
    readonly problems: readonly UsageError[],
    /** The command whose help is recommended, with spaces; empty for the program. */
    readonly command: string,
  ) {
    super(problems.map((problem) => problem.message).join('\n'), {
      showUsage: true,
      hint: problems.find((problem) => problem.hint !== undefined)?.hint,
    });
  }
}

/** One error for everything wrong with a command line. What is no usage error (a bug in a command) goes before all others. */
export function usageProblems(problems: readonly unknown[], id: string): unknown {
  const foreign = problems.find((problem) => !(problem instanceof UsageError));
  if (foreign !== undefined) return foreign;
  const usage = problems.filter((problem) => problem instanceof UsageError);
  return new UsageProblems(usage, id.replaceAll(':', ' '));
}

/** A function for each result of `T`. */
export type Checks<T extends object> = { readonly [Name in keyof T]: () => T[Name] | Promise<T[Name]> };

/** The results of checks that do not need each other; one error for everything that is wrong with any of them (C-59). */
export async function together<T extends object>(checks: Checks<T>, id: string): Promise<T> {
  const results: Partial<T> = {};
  const problems: unknown[] = [];
  for (const name in checks) {
    try {
      results[name] = await checks[name]();
    } catch (error) {
      problems.push(error);
    }
  }
  if (problems.length === 1) throw problems[0];
  if (problems.length > 1) throw usageProblems(problems, id);
  return results as T;
}
