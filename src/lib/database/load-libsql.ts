import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Sqlite from 'libsql';

/** The file that tells the C library. */
const lookedAtInstead = '/usr/bin/ldd';

/**
 * Loads the native SQLite binding. To choose between glibc and musl its loader asks for Node's diagnostic report, which looks at every network
 * interface and thread: 6 to 30 ms, a tenth of a start (P-14). Without a report it looks at the C library's files instead, with the same answer,
 * so the report is out of sight while it loads, where that file is.
 */
export function loadLibsql(): typeof Sqlite {
  const load = (): typeof Sqlite => createRequire(import.meta.url)('libsql') as typeof Sqlite;
  if (!existsSync(lookedAtInstead)) return load();
  const shown = Object.getOwnPropertyDescriptor(process, 'report');
  Object.defineProperty(process, 'report', { value: undefined, configurable: true });
  try {
    return load();
  } finally {
    if (shown !== undefined) Object.defineProperty(process, 'report', shown);
  }
}
