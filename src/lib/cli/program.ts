import type { WaitingProgram } from '../platform/launcher/waiting-program.js';

/** What commands know of the program around them. */
export interface ProgramFacts {
  /** Folder of the package; `oclif.manifest.json` and `dist/platform.cjs` lie below it in a release. */
  readonly root: string;
  readonly version: string;
  /** A platform program that was run beside this one, in case that it is needed. */
  readonly waiting?: WaitingProgram | undefined;
}
