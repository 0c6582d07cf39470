import type { Clock } from '../entity/clock.js';

/** What the command reads its input from: the process's stdin, or a stream in tests. */
export type InputStream = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };

/** The surroundings of one run, handed over by the composition root so that nothing below it asks the process. */
export interface CliEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Home folder of the user. */
  readonly home: string;
  /** Folder for temporary files. */
  readonly temporary: string;
  /** Number of the user, where there are numbers. */
  readonly user: number | undefined;
  readonly platform: NodeJS.Platform;
  /** Processor architecture, and the version of Node with its `v`; shown by `rt version`. */
  readonly arch: string;
  readonly nodeVersion: string;
  /** The Node program, for starting the local platform. */
  readonly execPath: string;
  readonly stdin: InputStream;
  readonly clock: Clock;
}
