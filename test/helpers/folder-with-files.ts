import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a path of a test folder holds: text, bytes, a link, or a file with a mode. */
export type FileContent =
  string | Uint8Array | { readonly link: string } | { readonly content: string; readonly mode: number };

/** A folder for one test, removed by `remove()`. */
export class FolderWithFiles {
  private constructor(readonly path: string) {}

  /** Makes an empty folder, or one with files. */
  static async create(files: Readonly<Record<string, FileContent>> = {}): Promise<FolderWithFiles> {
    const folder = new FolderWithFiles(await mkdtemp(join(tmpdir(), 'rt-test-')));
    for (const [path, content] of Object.entries(files)) await folder.write(path, content);
    return folder;
  }

  /** Absolute path of something inside. */
  at(path: string): string {
    return join(this.path, path);
  }

  /** Writes a file or link, and the folders above it. */
  async write(path: string, content: FileContent): Promise<string> {
    const full = this.at(path);
    await mkdir(dirname(full), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(full, content);
    else if ('link' in content) await symlink(content.link, full);
    else {
      await writeFile(full, content.content);
      await chmod(full, content.mode);
    }
    return full;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
