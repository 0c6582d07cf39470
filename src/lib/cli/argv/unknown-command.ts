import { exitStatus } from '../../errors/exit-status.js';
import { RtError } from '../../errors/rt-error.js';
import { nearest } from '../did-you-mean.js';
import { foreignWords, shortcuts } from './aliases.js';

/** Words that are no command; exit 127 (C-7). Says which command was probably meant (C-56). */
export class UnknownCommandError extends RtError {
  /** Id of the command that was probably meant, with colons, or a word that stands for one. */
  readonly suggestion: string | undefined;

  constructor(
    typed: readonly string[],
    ids: ReadonlySet<string>,
    /** What stood on the line besides the unknown words, for running the suggestion with it. */
    readonly rest: readonly string[] = [],
  ) {
    const suggestion = suggest(typed, ids);
    super('usage', `'${typed.join(' ')}' is not an rt command`, {
      exitStatus: exitStatus.unknownCommand,
      hint:
        suggestion === undefined
          ? "'rt help' lists the commands"
          : `did you mean 'rt ${suggestion.replaceAll(':', ' ')}'?`,
    });
    this.suggestion = suggestion;
  }
}

function suggest(typed: readonly string[], ids: ReadonlySet<string>): string | undefined {
  const phrase = typed.join(':');
  const foreign = Object.hasOwn(foreignWords, phrase) ? foreignWords[phrase] : undefined;
  if (foreign !== undefined && ids.has(foreign)) return foreign;
  const words = Object.keys(shortcuts).filter((word) => !word.includes(':') && ids.has(shortcuts[word]?.id ?? ''));
  const topics = [...ids].flatMap((id) => (id.includes(':') ? [id.slice(0, id.indexOf(':'))] : []));
  return (
    nearest(phrase, [...ids, ...words]) ??
    (typed.length === 1 ? nearest(phrase, new Set(topics)) : suggestInTopic(typed, ids))
  );
}

/** Word by word: `acton creat` is near `action create` although the whole is three edits away. */
function suggestInTopic(typed: readonly string[], ids: ReadonlySet<string>): string | undefined {
  const fitting = [...ids].filter((id) => {
    const words = id.split(':');
    return words.length === typed.length && words.every((word, at) => nearest(typed[at] ?? '', [word]) !== undefined);
  });
  return fitting[0];
}
