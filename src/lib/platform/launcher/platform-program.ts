import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command that runs the platform program. */
export interface PlatformProgram {
  readonly execPath: string;
  readonly args: readonly string[];
}

/** MB of JavaScript heap that the platform may have (RS-169). */
const heap = 512;

/**
 * The platform program that belongs to this client: `dist/platform.cjs` beside the bundle, or the sources through tsx, each by its entry in
 * `bin`. `node` is the program that runs this process.
 */
export function platformProgram(node: string): PlatformProgram {
  const here = fileURLToPath(import.meta.url);
  const entry = here.endsWith('.ts') ? '../../../../bin/platform-dev.js' : '../bin/platform.cjs';
  return { execPath: node, args: [`--max-old-space-size=${String(heap)}`, join(dirname(here), entry)] };
}
