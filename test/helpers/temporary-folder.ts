import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test; `dispose` removes it with everything in it. */
export interface TemporaryFolder {
  readonly path: string;
  dispose(): void;
}

/** Makes an empty folder for one test. */
export function temporaryFolder(name = 'rt-test-'): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), name));
  return {
    path,
    dispose: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
