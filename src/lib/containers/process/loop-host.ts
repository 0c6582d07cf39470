import type { InitRequest } from './init-request.js';
import type { RuntimeProcess } from './runtime-process.js';

/** A process with the action in it, or about to load it. */
export interface LoadedLoop {
  readonly process: RuntimeProcess;
  /** The line that makes a launcher load the action; a program of the user gets none. */
  readonly greeting?: string;
  /** Whether a line must come before the first request. */
  readonly acknowledges: boolean;
}

/** Brings the code of `/init` to run, for one container (action-interface.md §4.2). */
export interface LoopHost {
  /** How init errors are told. */
  readonly initErrors: 'logged' | 'returned';
  /** Starts a launcher before its action is known; undefined when the language cannot. */
  prestart(): Promise<RuntimeProcess | undefined>;
  /** Lays out, builds and starts the action, in the stem cell if there is one. Rejects with LoadFailure. */
  load(request: InitRequest, stemCell: RuntimeProcess | undefined): Promise<LoadedLoop>;
}
