import type { CommandTree } from '../argv/command-tree.js';
import { wordsOfPhrase } from '../argv/command-tree.js';
import { prefixes } from '../argv/aliases.js';
import type { CompletableFlag, WordCatalogue } from './word-catalogue.js';

/** Flags that say which platform is meant; names of its entities are asked with the same ones. */
const CONNECTION = new Set([
  'apihost',
  'auth',
  'apiversion',
  'namespace',
  'context',
  'insecure',
  'cacert',
  'cert',
  'key',
]);

/** What the words before the cursor mean. */
export interface TypedCommand {
  /** Topics and command so far, with colons; empty at the beginning. */
  readonly phrase: string;
  /** Id of the command, if the words name one. */
  readonly id: string | undefined;
  /** The words behind `help`; undefined when it was not typed. */
  readonly help: boolean;
  readonly positionals: readonly string[];
  /** The flag that still waits for words, and for how many. */
  readonly pending: { readonly flag: CompletableFlag; readonly count: number } | undefined;
  /** Names of flags that were given. */
  readonly given: ReadonlySet<string>;
  /** The connection flags of the line with their values. */
  readonly connection: readonly string[];
  /** Whether `--` ended the flags. */
  readonly ended: boolean;
}

/** Reads the whole words before the cursor. Words that fit nothing are positional. */
export class TypedCommandReader {
  private phrase = '';
  private help = false;
  private ended = false;
  private pending: TypedCommand['pending'];
  private readonly positionals: string[] = [];
  private readonly given = new Set<string>();
  private readonly connection: string[] = [];

  constructor(
    private readonly catalogue: WordCatalogue,
    private readonly tree: CommandTree,
  ) {}

  read(words: readonly string[]): TypedCommand {
    for (const word of words) this.take(word);
    const { phrase, help, ended, pending, positionals, given, connection } = this;
    return { phrase, id: this.id(), help, ended, pending, positionals, given, connection };
  }

  private id(): string | undefined {
    return this.tree.command(this.phrase)?.id;
  }

  private take(word: string): void {
    if (this.pending !== undefined) this.takeValue(word, this.pending);
    else if (word === '--' && !this.ended) this.ended = true;
    else if (word.length > 1 && word.startsWith('-') && !this.ended && !prefixes.has(word)) this.takeFlag(word);
    else this.takeWord(word);
  }

  private takeValue(word: string, { flag, count }: NonNullable<TypedCommand['pending']>): void {
    if (CONNECTION.has(flag.name)) this.connection.push(word);
    this.pending = count > 1 ? { flag, count: count - 1 } : undefined;
  }

  private takeFlag(word: string): void {
    const [name = ''] = word.split('=');
    const flags = flagsFor(this.catalogue, this.id());
    const flag = flags.find(({ words }) => words.includes(word.startsWith('--') ? name : word.slice(0, 2)));
    if (flag === undefined) return;
    this.given.add(flag.name);
    const attached = word.includes('=') || (!word.startsWith('--') && word.length > 2);
    if (CONNECTION.has(flag.name)) this.connection.push(attached ? word : `--${flag.name}`);
    if (!attached && flag.values > 0) this.pending = { flag, count: flag.values };
  }

  private takeWord(word: string): void {
    if (this.phrase === '' && prefixes.has(word)) return;
    if (this.phrase === '' && word === 'help' && !this.help) {
      this.help = true;
      return;
    }
    let { phrase } = this;
    for (const part of wordsOfPhrase(word)) {
      if (phrase === '' && prefixes.has(part)) continue;
      const next = this.positionals.length === 0 ? this.tree.step(phrase, part) : undefined;
      if (next === undefined) {
        this.positionals.push(word);
        return;
      }
      phrase = next;
    }
    this.phrase = phrase;
  }
}

/** The flags of a command, its own before the global ones; only these before a command is named. */
export function flagsFor(catalogue: WordCatalogue, id: string | undefined): readonly CompletableFlag[] {
  const own = (id === undefined ? undefined : catalogue.commands.get(id)?.flags) ?? [];
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...catalogue.globalFlags.filter(({ name }) => !names.has(name))];
}
