import type { FlagInput } from '@oclif/core/interfaces';
import { UsageError } from '../../errors/client-errors.js';
import { restoreValue } from './parser-words.js';

/**
 * Everything that the values of flags are wrong about. oclif's parser stops at the first one; this is asked after it has stopped, so that
 * all are reported together (C-59). `words` are those of a CommandLine.
 */
export async function valueProblems(words: readonly string[], flags: FlagInput): Promise<readonly UsageError[]> {
  const problems: UsageError[] = [];
  for (let at = 0; at < words.length && words[at] !== '--'; at += 1) {
    const name = (words[at] ?? '').replace(/^--/, '');
    const flag = flags[name];
    if (flag?.type !== 'option') continue;
    at += 1;
    const problem = await problemOf(name, flag, restoreValue(words[at] ?? ''));
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

type OptionFlag = Extract<FlagInput[string], { type: 'option' }>;

async function problemOf(name: string, flag: OptionFlag, value: string): Promise<UsageError | undefined> {
  try {
    // The parse functions of this program do not use the command.
    await flag.parse(value, undefined as never, { ...flag, name });
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return new UsageError(error.message, { hint: error.hint, showUsage: true });
  }
}
