import { commandAliases, type Shortcut, shortcuts, topicAliases } from './aliases.js';

/** The commands that exist, as a set of ids with colons. */
export class CommandTree {
  private readonly topics = new Set<string>();

  constructor(readonly ids: ReadonlySet<string>) {
    for (const id of [...ids, ...Object.keys(shortcuts).filter((phrase) => this.shortcut(phrase) !== undefined)]) {
      const words = id.split(':');
      for (let length = 1; length < words.length; length += 1) this.topics.add(words.slice(0, length).join(':'));
    }
  }

  /** The command for a phrase with colons: itself, or what it is a shortcut for. */
  command(phrase: string): Shortcut | undefined {
    return this.ids.has(phrase) ? { id: phrase } : this.shortcut(phrase);
  }

  isTopic(phrase: string): boolean {
    return this.topics.has(phrase);
  }

  /** The phrase one word further down, aliases resolved; undefined when nothing there has that name. */
  step(phrase: string, word: string): string | undefined {
    const alias = own(topicAliases[phrase] ?? {}, word) ?? own(commandAliases, word);
    for (const name of [word, ...(alias === undefined ? [] : [alias])]) {
      const next = phrase === '' ? name : `${phrase}:${name}`;
      if (this.isTopic(next) || this.command(next) !== undefined) return next;
    }
    return undefined;
  }

  private shortcut(phrase: string): Shortcut | undefined {
    const shortcut = own(shortcuts, phrase);
    return shortcut !== undefined && this.ids.has(shortcut.id) ? shortcut : undefined;
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Splits `action:create` into words; a prefix such as `rt:` is dropped (C-1, C-2). */
export function wordsOfPhrase(word: string): readonly string[] {
  return /^[\w-]+(?::[\w-]+)+:?$/.test(word) ? word.split(':').filter((part) => part !== '') : [word.replace(/:$/, '')];
}
