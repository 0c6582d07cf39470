import type { FlagInput } from '@oclif/core/interfaces';
import { shortcuts } from '../argv/aliases.js';
import { spellingsOf } from '../argv/spellings.js';
import { isPairFlag } from '../flags/pair.js';
import type { CommandClass } from '../command-table.js';
import { entries, type Entry, section, wrap } from './help-text.js';

type AnyFlag = FlagInput[string];

function valueOf(name: string, flag: AnyFlag): string {
  if (flag.type === 'boolean') return '';
  const shown = flag.helpValue ?? flag.options?.join('|') ?? name.toUpperCase();
  const value = typeof shown === 'string' ? shown : shown.join(' ');
  if (isPairFlag(flag)) return ` ${value}`;
  return 'optionalValue' in flag ? `[=${value}]` : ` ${value}`;
}

function flagEntry(name: string, flag: AnyFlag): Entry {
  const short = flag.char === undefined ? '    ' : `-${flag.char}, `;
  const negatable = flag.type === 'boolean' && flag.allowNo;
  const facts = [
    flag.summary ?? flag.description ?? '',
    ...(flag.type === 'option' && flag.multiple === true ? ['repeatable'] : []),
    ...(flag.exclusive === undefined ? [] : [`not with ${flag.exclusive.map((other) => `--${other}`).join(', ')}`]),
  ];
  return {
    term: `${short}--${negatable ? '[no-]' : ''}${name}${valueOf(name, flag)}`,
    text: facts.filter((fact) => fact !== '').join('; '),
  };
}

/** Flags by group, in the order in which the groups first appear. */
function flagSections(flags: FlagInput, width: number): readonly string[] {
  const groups = new Map<string, Entry[]>();
  for (const [name, flag] of Object.entries(flags)) {
    if (flag.hidden === true || flag.helpGroup === 'CONNECTION') continue;
    const title = flag.helpGroup === undefined ? 'FLAGS' : `${flag.helpGroup} FLAGS`;
    groups.set(title, [...(groups.get(title) ?? []), flagEntry(name, flag)]);
  }
  return [...groups].flatMap(([title, list]) => section(title, entries(list, width)));
}

function argumentWord(name: string, required: boolean, multiple: boolean): string {
  const word = name.toUpperCase() + (multiple ? '…' : '');
  return required ? word : `[${word}]`;
}

function usageLine(command: CommandClass, id: string): string {
  const args = Object.entries(command.args).filter(([, arg]) => arg.hidden !== true);
  const words = args.map(([name, arg]) => argumentWord(name, arg.required === true, arg.multiple === true));
  return ['rt', ...id.split(':'), ...words, '[flags]'].join(' ');
}

/** Words that stand for the command with flags: `invoke`. */
function impliedSpellings(id: string): readonly string[] {
  return Object.entries(shortcuts).flatMap(([phrase, { id: target, flags }]) =>
    target === id && flags !== undefined ? [`${phrase.replaceAll(':', ' ')}  (with ${flags.join(' ')})`] : [],
  );
}

function exampleLines(command: CommandClass): readonly string[] {
  return command.examples.flatMap((example, at) => {
    const lines =
      typeof example === 'string' ? example.split('\n') : [example.description, ...example.command.split('\n')];
    return [...(at === 0 ? [] : ['']), ...lines.map((line) => `  ${line}`.trimEnd())];
  });
}

/** Help of one command (C-77, C-78): summary, usage, arguments, grouped flags, examples, aliases, related commands. */
export function commandHelp(command: CommandClass, id: string, width: number): string {
  const args = Object.entries(command.args).filter(([, arg]) => arg.hidden !== true);
  const global = Object.entries(command.baseFlags).filter(([name]) => !Object.hasOwn(command.flags, name));
  return [
    ...wrap(command.summary ?? '', width),
    ...section('USAGE', [`  ${usageLine(command, id)}`]),
    ...section(
      'ARGUMENTS',
      entries(
        args.map(([name, arg]) => ({ term: name.toUpperCase(), text: arg.description ?? '' })),
        width,
      ),
    ),
    ...flagSections({ ...command.flags, ...Object.fromEntries(global) }, width),
    '',
    'Connection flags: see rt help connection',
    ...section(
      'DESCRIPTION',
      command.description === undefined ? [] : wrap(command.description, width - 2).map((line) => `  ${line}`),
    ),
    ...section('EXAMPLES', exampleLines(command)),
    ...section(
      'ALIASES',
      [...spellingsOf(id), ...impliedSpellings(id)].map((alias) => `  rt ${alias}`),
    ),
    ...section(
      'RELATED COMMANDS',
      command.related.map((related) => `  rt ${related.replaceAll(':', ' ')}`),
    ),
  ].join('\n');
}
