import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackArchive } from './archive/archive.js';
import { archiveFormat } from './archive/archive-format.js';
import type { InitRequest } from './init-request.js';
import type { LoopLanguage } from './loop-language.js';

/**
 * Lays the code of an action out in a new folder, as the language's launcher expects it (action-interface.md §4.2).
 * Rejects with ArchiveError; nothing is written outside the folder.
 */
export async function layOutSource(request: InitRequest, language: LoopLanguage, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (archiveFormat(request.code) === 'unknown') {
    await writeFile(join(folder, language.sourceFile), request.code, { flag: 'wx', mode: 0o755 });
    return;
  }
  await unpackArchive(request.code, folder);
  await renameAlias(language, folder);
}

async function renameAlias(language: LoopLanguage, folder: string): Promise<void> {
  for (const alias of language.sourceAliases) {
    const exists = await access(join(folder, alias)).then(
      () => true,
      () => false,
    );
    if (exists) {
      await rename(join(folder, alias), join(folder, language.sourceFile));
      return;
    }
  }
}
