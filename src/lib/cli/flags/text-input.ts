import { isUtf8 } from 'node:buffer';
// As a member of `fs` it is loaded when it is used: 1 ms of each command that takes parameters (P-03).
import { promises as files } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../errors/client-errors.js';
import type { CliEnvironment } from '../environment.js';

/** Texts that flags name: files, `env:NAME`, and stdin, which can be read only once (C-26, C-28). */
export class TextInput {
  constructor(
    private readonly surroundings: CliEnvironment,
    private stdinTaken: boolean,
  ) {}

  /** Content of a file, or of stdin for `-`, without a byte order mark. Throws UsageError. */
  async file(name: string): Promise<string> {
    const bytes = name === '-' ? await this.stdin() : await this.bytesOf(name);
    if (!isUtf8(bytes)) throw new UsageError(`File '${name}' is not UTF-8 text`);
    return bytes.toString('utf8').replace(/^\ufeff/, '');
  }

  /** Value of a SOURCE of `--param-from`, a line break at its end dropped (C-28). Throws UsageError. */
  async source(source: string): Promise<string> {
    if (!source.startsWith('env:')) return (await this.file(source)).replace(/\r?\n$/, '');
    const name = source.slice('env:'.length);
    const value = this.surroundings.env[name];
    if (value === undefined) throw new UsageError(`Environment variable '${name}' is not set`);
    return value.replace(/\r?\n$/, '');
  }

  private async bytesOf(name: string): Promise<Buffer> {
    try {
      return await files.readFile(resolve(this.surroundings.cwd, name));
    } catch (cause) {
      throw new UsageError(`File '${name}' is not a valid file or it does not exist`, { cause });
    }
  }

  private async stdin(): Promise<Buffer> {
    if (this.stdinTaken) throw new UsageError('Standard input (-) can be used only once on a command line');
    this.stdinTaken = true;
    const chunks: Buffer[] = [];
    for await (const chunk of this.surroundings.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
}
