import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The command that runs the platform program. */
export interface PlatformProgram {
  readonly execPath: string;
  readonly args: readonly string[];
}

/** MB of JavaScript heap that the platform may have (RS-169). */
const heap = 512;

/**
 * The platform program that belongs to this client: `dist/platform.cjs` beside the bundle, or the sources through tsx. `node` is the
 * program that runs this process.
 */
export function platformProgram(node: string): PlatformProgram {
  const here = fileURLToPath(import.meta.url);
  const limit = `--max-old-space-size=${String(heap)}`;
  if (!here.endsWith('.ts')) return { execPath: node, args: [limit, join(dirname(here), 'platform.cjs')] };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { execPath: node, args: [limit, '--import', loader, join(dirname(here), '..', 'main.ts')] };
}
