import { open } from 'node:fs/promises';

/** Whether the system can start the file: it is an ELF file or a script with `#!` (action-interface.md §3.8). */
export async function isProgram(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  try {
    const bytes = await handle?.read(Buffer.alloc(4), 0, 4, 0);
    const magic = bytes?.buffer.toString('latin1', 0, bytes.bytesRead) ?? '';
    return magic.startsWith('#!') || magic === '\x7fELF';
  } finally {
    await handle?.close();
  }
}
