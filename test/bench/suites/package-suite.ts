import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure, Row, Suite } from '../row.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const row: Row = {
  id: 'P-06',
  what: 'packed size with what it installs',
  direction: 'atMost',
  unit: 'MB',
  gate: 60,
  goal: 25,
  steady: true,
};

/** P-06: what `npm install --global` of the package puts on a disk. */
export const packageSuite: Suite = {
  rows: [row],
  async measure(): Promise<Figure[]> {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      timeout: 60_000,
    });
    const [packed] = JSON.parse(stdout) as { size: number; unpackedSize: number; entryCount: number }[];
    if (packed === undefined) throw new Error('npm pack says nothing');
    const folders = await installedFolders();
    const sizes = await Promise.all(folders.map(sizeOf));
    const files = sizes.reduce((sum, { count }) => sum + count, packed.entryCount);
    const bytes = sizes.reduce((sum, size) => sum + size.bytes, packed.unpackedSize);
    const detail = `${megabytes(packed.size).toFixed(2)} MB packed, ${String(files)} files, ${String(folders.length)} packages besides`;
    return [{ row, value: megabytes(bytes), detail }];
  },
};

interface LockedPackage {
  readonly dev?: boolean;
}

/** The packages that are installed with it on this machine; the lock file knows which are for development only. */
async function installedFolders(): Promise<string[]> {
  const text = await readFile(join(root, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockedPackage>> };
  const names = Object.entries(packages).filter(([name, { dev }]) => name !== '' && dev !== true);
  return names.map(([name]) => join(root, name)).filter((folder) => existsSync(folder));
}

interface Size {
  readonly bytes: number;
  readonly count: number;
}

/** Packages inside are packages of their own. */
async function sizeOf(folder: string): Promise<Size> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async (entry): Promise<Size> => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return { bytes: (await stat(path)).size, count: 1 };
      return entry.isDirectory() && entry.name !== 'node_modules' ? await sizeOf(path) : { bytes: 0, count: 0 };
    }),
  );
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    count: sizes.reduce((sum, { count }) => sum + count, 0),
  };
}

function megabytes(bytes: number): number {
  return bytes / 1_000_000;
}
