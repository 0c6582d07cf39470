import { ConfigError } from '../errors/client-errors.js';
import { parseKeyValueLine, printValue } from './key-value-line.js';

/**
 * The content of a `.wskprops` file (C-19). Lines that are not touched stay as they are: unknown keys, comments, order, line ends. Values
 * are immutable; a change gives a new one.
 */
export class Wskprops {
  private constructor(private readonly lines: readonly string[]) {}

  static parse(text: string): Wskprops {
    return new Wskprops(text === '' ? [] : text.split('\n'));
  }

  /** The value of a key, whatever its case; undefined when it is missing or empty. Of equal keys the last counts. */
  get(key: string): string | undefined {
    const line = this.lines[this.indexOf(key)];
    const value = line === undefined ? undefined : parseKeyValueLine(line)?.value;
    return value === '' ? undefined : value;
  }

  /** The same with a value set, or removed with undefined. Throws ConfigError for a value that one line cannot hold. */
  with(key: string, value: string | undefined): Wskprops {
    const index = this.indexOf(key);
    if (value === undefined) return new Wskprops(this.lines.filter((line) => !isKey(line, key)));
    if (/[\n\r]/.test(value) || (value.includes('"') && value.includes("'") && printValue(value) !== value)) {
      throw new ConfigError(`the value for ${key} cannot be written to a properties file`);
    }
    const old = this.lines[index];
    const entry = `${key}=${printValue(value)}`;
    if (old !== undefined) return new Wskprops(this.lines.with(index, old.endsWith('\r') ? `${entry}\r` : entry));
    const ended = this.lines.at(-1) === '' ? this.lines.slice(0, -1) : this.lines;
    return new Wskprops([...ended, entry, '']);
  }

  /** The text of the file. */
  print(): string {
    return this.lines.join('\n');
  }

  private indexOf(key: string): number {
    return this.lines.findLastIndex((line) => isKey(line, key));
  }
}

function isKey(line: string, key: string): boolean {
  return parseKeyValueLine(line)?.key.toUpperCase() === key.toUpperCase();
}
