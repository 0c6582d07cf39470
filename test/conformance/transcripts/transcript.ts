import { readFileSync } from 'node:fs';
import type { Ended } from '../../helpers/built-rt.js';

/** A command of a recorded session and what the other program answered. */
export interface RecordedStep extends Ended {
  /** What stood behind the name of the program. */
  readonly command: string;
  /** In words, where we differ on purpose; `deviations.ts` says what is expected instead. */
  readonly deviation?: string;
}

/** A recorded session of another program. */
export interface Transcript {
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of the working folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly RecordedStep[];
}

/** Reads the session of `wsk` or `aio`. */
export function readTranscript(name: 'wsk' | 'aio'): Transcript {
  return JSON.parse(readFileSync(new URL(`../${name}/transcript.json`, import.meta.url), 'utf8')) as Transcript;
}
