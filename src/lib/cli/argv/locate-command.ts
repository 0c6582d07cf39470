import type { FlagInput } from '@oclif/core/interfaces';
import { UsageError } from '../../errors/client-errors.js';
import { helpPageName } from '../help/page-names.js';
import { prefixes } from './aliases.js';
import { type CommandTree, wordsOfPhrase } from './command-tree.js';
import { FlagReader, looksLikeFlag } from './flag-reader.js';
import { flagTable } from './flag-table.js';
import { UnknownCommandError } from './unknown-command.js';

/** Where a command line leads. `words` is what stands behind the command id, global flags from before it included (C-3). */
export type Destination =
  | { readonly kind: 'command'; readonly id: string; readonly words: readonly string[] }
  | { readonly kind: 'help'; readonly path: readonly string[]; readonly words: readonly string[] }
  | { readonly kind: 'version'; readonly words: readonly string[] };

/** Finds the command in a command line (C-1 to C-3, C-6, C-7). One object per line. */
class CommandFinder {
  private readonly moved: string[] = [];
  private readonly reader: FlagReader;
  private phrase = '';
  private help = false;
  private version = false;

  constructor(
    private readonly argv: readonly string[],
    private readonly tree: CommandTree,
    globalFlags: FlagInput,
  ) {
    this.reader = new FlagReader(argv, flagTable({}, globalFlags));
  }

  find(): Destination {
    let at = 0;
    let dropped = false;
    while (at < this.argv.length) {
      const word = this.argv[at] ?? '';
      if (!dropped && this.phrase === '' && prefixes.has(word)) {
        dropped = true;
        at += 1;
        continue;
      }
      if (looksLikeFlag(word)) {
        if (this.isComplete()) break;
        at = this.moveFlag(at);
        continue;
      }
      if (this.phrase === '' && word === 'help') return this.helpFor(at + 1);
      if (this.phrase === '' && word === 'version' && !this.tree.ids.has('version')) return this.versionAt(at + 1);
      if (!this.advance(at, dropped)) break;
      at += 1;
    }
    return this.destination(at);
  }

  private isComplete(): boolean {
    return this.tree.command(this.phrase) !== undefined;
  }

  /** Goes down along a word; false when the word is not part of the command any more. */
  private advance(at: number, dropped: boolean): boolean {
    let phrase = this.phrase;
    const parts = wordsOfPhrase(this.argv[at] ?? '');
    const [first = ''] = parts;
    const skipPrefix = !dropped && phrase === '' && parts.length > 1 && prefixes.has(first);
    for (const part of skipPrefix ? parts.slice(1) : parts) {
      const next = this.tree.step(phrase, part);
      if (next === undefined) {
        if (this.isComplete()) return false;
        throw this.unknown(skipPrefix ? parts.slice(1) : parts, at + 1);
      }
      phrase = next;
    }
    this.phrase = phrase;
    return true;
  }

  /** A flag before the command: global ones move behind it, others are an error (C-3). */
  private moveFlag(at: number): number {
    const word = this.argv[at] ?? '';
    if (word === '--version' || word === '-V') {
      this.version = true;
      return at + 1;
    }
    const reading = this.reader.read(at, 0);
    if (reading.unknown || word === '--') throw this.misplaced(word);
    if (reading.problems[0] !== undefined) throw reading.problems[0];
    this.help ||= reading.uses.some((use) => use.spec.name === 'help' && use.value === true);
    this.moved.push(...this.argv.slice(at, reading.next));
    return reading.next;
  }

  private misplaced(flag: string): UsageError {
    const rest = this.argv.filter((word) => !looksLikeFlag(word)).slice(0, 2);
    const command = rest.length === 0 ? 'TOPIC COMMAND' : rest.join(' ');
    return new UsageError(`Unknown flag ${flag} before the command`, {
      hint: `only global flags may stand there; write rt ${command} ${flag} …`,
      showUsage: true,
    });
  }

  private unknown(parts: readonly string[], next: number): UnknownCommandError {
    const typed = [...(this.phrase === '' ? [] : this.phrase.split(':')), ...parts];
    return new UnknownCommandError(typed, this.tree.ids, [...this.moved, ...this.argv.slice(next)]);
  }

  /** `help` takes a command path in either spelling; flags may stand anywhere. */
  private helpFor(from: number): Destination {
    const path: string[] = [];
    for (let at = from; at < this.argv.length;) {
      const word = this.argv[at] ?? '';
      if (looksLikeFlag(word)) at = this.moveFlag(at);
      else {
        path.push(...wordsOfPhrase(word));
        at += 1;
      }
    }
    return { kind: 'help', path: this.resolvePath(path), words: this.moved };
  }

  private resolvePath(path: readonly string[]): readonly string[] {
    if (path.length === 1 && helpPageName(path[0] ?? '') !== undefined) return path;
    let phrase = '';
    for (const part of path) {
      const next = this.tree.step(phrase, part);
      if (next === undefined) return path;
      phrase = next;
    }
    const command = this.tree.command(phrase);
    return (command?.id ?? phrase).split(':').filter((part) => part !== '');
  }

  private versionAt(from: number): Destination {
    return { kind: 'version', words: [...this.moved, ...this.argv.slice(from)] };
  }

  private destination(at: number): Destination {
    const rest = this.argv.slice(at);
    if (this.version) return this.versionAt(at);
    const command = this.tree.command(this.phrase);
    if (command === undefined) {
      return { kind: 'help', path: this.phrase.split(':').filter((part) => part !== ''), words: this.moved };
    }
    if (this.help) return { kind: 'help', path: command.id.split(':'), words: this.moved };
    return { kind: 'command', id: command.id, words: [...(command.flags ?? []), ...this.moved, ...rest] };
  }
}

/** Finds out which command a command line means and what stands behind it. Throws UsageError or UnknownCommandError. */
export function locateCommand(argv: readonly string[], tree: CommandTree, globalFlags: FlagInput): Destination {
  return new CommandFinder(argv, tree, globalFlags).find();
}
