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
 * MB in which new objects live from the start. V8 begins with one and grows it slowly, so that what a request needs for a millisecond is
 * copied again and again: collecting took three times as long for each request (P-23), and a start collected five times (P-14).
 */
const youngGeneration = 16;

/**
 * The platform program that belongs to this client: `dist/platform.cjs` beside the bundle, or the sources through tsx, each by its entry in
 * `bin`. `node` is the program that runs this process.
 */
export function platformProgram(node: string): PlatformProgram {
  const here = fileURLToPath(import.meta.url);
  const entry = here.endsWith('.ts') ? '../../../../bin/platform-dev.js' : '../bin/platform.cjs';
  const flags = [`--max-old-space-size=${String(heap)}`, `--min-semi-space-size=${String(youngGeneration)}`];
  return { execPath: node, args: [...flags, join(dirname(here), entry)] };
}
