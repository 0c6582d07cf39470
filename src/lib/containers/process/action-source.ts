import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namesOfArchive, unpackArchive } from './archive/archive.js';
import { archiveFormat } from './archive/archive-format.js';
import type { InitRequest } from './init-request.js';
import type { SourceLayout } from './languages/language.js';

/** Name of an archive that is kept as it is. */
const jarFile = 'exec.jar';

/**
 * Lays the code of an action out in a new folder, as the language expects it (action-interface.md §4.2). Rejects with ArchiveError; nothing is
 * written outside the folder.
 */
export async function layOutSource(request: InitRequest, layout: SourceLayout, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { code, main } = request;
  if (archiveFormat(code) === 'unknown') {
    await writeFile(join(folder, layout.file(main)), code, { flag: 'wx', mode: 0o755 });
    return;
  }
  if (layout.keepsJars === true && (await namesOfArchive(code)).includes('META-INF/MANIFEST.MF')) {
    await writeFile(join(folder, jarFile), code, { flag: 'wx', mode: 0o600 });
    return;
  }
  await unpackArchive(code, folder);
  await renameAlias(layout, layout.file(main), folder);
}

async function renameAlias({ aliases }: SourceLayout, file: string, folder: string): Promise<void> {
  for (const alias of aliases) {
    if (!(await exists(join(folder, alias)))) continue;
    await rename(join(folder, alias), join(folder, file));
    return;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
