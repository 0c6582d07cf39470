import { isJsonObject, type JsonObject } from '../../entity/json.js';

/** What completing has to know of a flag. */
export interface CompletableFlag {
  readonly name: string;
  readonly summary: string;
  /** How many words behind it belong to it. */
  readonly values: 0 | 1 | 2;
  readonly options: readonly string[];
  /** What the help calls its value: FILE, KIND. */
  readonly value: string;
  readonly repeatable: boolean;
  /** All words that mean it, with dashes. */
  readonly words: readonly string[];
}

/** What completing has to know of an argument. */
export interface CompletableArgument {
  readonly name: string;
  readonly options: readonly string[];
}

/** A command with its own flags. */
export interface CompletableCommand {
  readonly summary: string;
  readonly args: readonly CompletableArgument[];
  readonly flags: readonly CompletableFlag[];
}

/** The commands and flags of `oclif.manifest.json`. */
export interface WordCatalogue {
  readonly commands: ReadonlyMap<string, CompletableCommand>;
  readonly globalFlags: readonly CompletableFlag[];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function membersOf(value: unknown): [string, JsonObject][] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): [string, JsonObject][] =>
    isJsonObject(member) ? [[name, member]] : [],
  );
}

/** The values of a flag; also where its help names them without their being checked: `true|false|SECRET`. */
function optionsOf(options: readonly string[], value: string): readonly string[] {
  if (options.length > 0 || !value.includes('|')) return options;
  return value.split('|').filter((word) => /^[a-z-]+$/.test(word));
}

function flagOf([name, flag]: [string, JsonObject]): CompletableFlag {
  const value = textOf(flag.helpValue);
  const bare = flag.type === 'boolean' || flag.optionalValue !== undefined;
  const names = [name, ...textsOf(flag.aliases), ...(flag.allowNo === true ? [`no-${name}`] : [])];
  return {
    name,
    summary: textOf(flag.summary),
    values: bare ? 0 : value.includes(' ') ? 2 : 1,
    options: optionsOf(textsOf(flag.options), value),
    value,
    repeatable: flag.multiple === true,
    words: [...names.map((word) => `--${word}`), ...(flag.char === undefined ? [] : [`-${textOf(flag.char)}`])],
  };
}

function flagsOf(value: unknown): readonly CompletableFlag[] {
  return membersOf(value)
    .filter(([, flag]) => flag.hidden !== true)
    .map(flagOf);
}

/** Reads the manifest of a release. */
export function wordCatalogue(manifest: unknown): WordCatalogue {
  const { commands, baseFlags } = isJsonObject(manifest) ? manifest : {};
  const entries = membersOf(commands).map(([id, command]): [string, CompletableCommand] => [
    id,
    {
      summary: textOf(command.summary),
      args: membersOf(command.args).map(([name, arg]) => ({ name, options: textsOf(arg.options) })),
      flags: flagsOf(command.flags),
    },
  ]);
  return { commands: new Map(entries), globalFlags: flagsOf(baseFlags) };
}
