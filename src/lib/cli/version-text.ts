import type { CliEnvironment } from './environment.js';
import type { ProgramFacts } from './program.js';

/** The line of `rt --version` (C-77): `rt/1.2.3 linux-x64 node-v20.20.2`. */
export function versionText(program: ProgramFacts, environment: CliEnvironment): string {
  return `rt/${program.version} ${environment.platform}-${environment.arch} node-${environment.nodeVersion}`;
}
