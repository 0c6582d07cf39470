import type { BuildTools } from '../build/build-tools.js';
import type { InitRequest } from '../init-request.js';
import type { Interpreter, Interpreters } from '../interpreters.js';

/** How a source lies in the action's folder. */
export interface SourceLayout {
  /** Name of a single file, as the launcher or the compiler expects it. */
  readonly file: (main: string) => string;
  /** Names in an archive that mean the same; the first that is there is renamed. */
  readonly aliases: readonly string[];
  /** Whether an archive with `META-INF/MANIFEST.MF` is kept as the file `exec.jar` (`OW_SAVE_JAR`, action-interface.md §4.3). */
  readonly keepsJars?: boolean;
}

/** What a launcher is started with. */
export interface LauncherStart {
  /** MB. */
  readonly memory: number;
  readonly interpreter: FoundInterpreter;
  /** Absolute path of the launcher. */
  readonly launcher: string;
  /** Folder with what `prepare` has made, if the language prepares anything. */
  readonly prepared: string;
  /** Folders with packages for actions of node. */
  readonly modules: readonly string[];
}

/** The interpreter that was found. */
export type FoundInterpreter = Extract<Interpreter, { program: string }>;

/**
 * How the action-loop host runs the actions of one family (action-interface.md §3, §4). A language is one such value, a line in `table.ts`
 * and, unless its actions are programs themselves, a launcher.
 */
export interface LoopLanguage {
  readonly family: string;
  /** Only kinds whose image matches; all kinds of the family when absent. */
  readonly images?: RegExp;
  /** Chooses the program for a kind. */
  readonly interpreter: (interpreters: Interpreters, kind: string) => Promise<Interpreter>;
  readonly source: SourceLayout;
  /** Whether init errors go to the logs behind a general text (`OW_LOG_INIT_ERROR`) or are the error of the answer (§1.4). */
  readonly initErrors: 'logged' | 'returned';
  /** Makes what the action needs before it can start; its result is kept by the digest of the source. */
  readonly build?: Build;
  readonly host: LauncherHost | ProgramHost;
}

/** A launcher of ours that loads the action: it gets `{"main", "folder", "env"}` as its first line and acknowledges it. */
interface LauncherHost {
  readonly type: 'launcher';
  /** File in the folder of launchers. */
  readonly launcher: string;
  readonly args: (start: LauncherStart) => readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** MB that the kernel grants besides what the action may use, when the usual ones are not enough. */
  readonly overhead?: number;
  /** Whether the launcher is started before `/init`, as a stem cell; otherwise `/init` starts it. */
  readonly prestart: boolean;
  /** Makes something that all actions of the language share, once. */
  readonly prepare?: Build;
}

/** The action is a program that speaks the action loop itself: requests on descriptor 0, answers on 3. */
interface ProgramHost {
  readonly type: 'program';
  /** Whether it must acknowledge its start; for images of users their `OW_WAIT_FOR_ACK` decides. */
  readonly acknowledges: boolean | 'by environment';
}

/** A step with a compiler. */
export interface Build {
  /** What the result depends on besides the code and the entry point, for example the version of the compiler. */
  readonly key: (interpreter: FoundInterpreter, launchers: string) => Promise<readonly string[]>;
  /** Whether there is anything to build; a ready executable or a jar needs nothing. Called with the folder of the source. */
  readonly needed?: (folder: string) => Promise<boolean>;
  /** Whether only one build of the language may run at a time. */
  readonly exclusive?: boolean;
  /** Builds; rejects with BuildError and the compiler's output. */
  readonly run: (job: BuildJob) => Promise<void>;
}

/** One build. */
export interface BuildJob {
  readonly request: Pick<InitRequest, 'main'>;
  readonly interpreter: FoundInterpreter;
  /** A copy of the source, laid out, that the build may change. */
  readonly source: string;
  /** An empty folder for the result, which is copied over the action's folder. */
  readonly result: string;
  /** A folder that all builds of the language share, for caches of the compiler. */
  readonly shared: string;
  /** Folder of the launchers. */
  readonly launchers: string;
  readonly tools: BuildTools;
}
