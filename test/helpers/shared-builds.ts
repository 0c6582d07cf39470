import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

let folder: string | undefined;

/**
 * A cache of builds for all tests of this process: compilers of Go and Rust take up to a minute for their libraries, and a source that one
 * test has compiled is the same for the next. Removed when the process ends.
 */
export function sharedBuilds(): string {
  if (folder !== undefined) return folder;
  const { path } = temporaryFolder('rt-builds-');
  process.once('exit', () => {
    rmSync(path, { recursive: true, force: true });
  });
  folder = join(path, 'builds');
  return folder;
}
