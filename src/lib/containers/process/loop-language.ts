import type { Interpreter, Interpreters } from './interpreters.js';

/** How the action-loop proxy runs the actions of one family. A further language is a further entry (action-interface.md §3, §4). */
export interface LoopLanguage {
  readonly family: string;
  /** Chooses the program for a kind. */
  readonly interpreter: (interpreters: Interpreters, kind: string) => Promise<Interpreter>;
  /** Arguments between the interpreter and the launcher. */
  readonly args: readonly string[];
  /** File in the folder of launchers. */
  readonly launcher: string;
  /** Name under which the launcher expects the source. */
  readonly sourceFile: string;
  /** Names in an archive that mean the same; the first that is there is renamed. */
  readonly sourceAliases: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the launcher is started before `/init`, as a stem cell; otherwise `/init` starts it. */
  readonly prestart: boolean;
}

/** Languages of the action loop that this driver can run. */
export const loopLanguages: readonly LoopLanguage[] = [
  {
    family: 'python',
    interpreter: (interpreters, kind) => interpreters.python(kind),
    args: ['-u'],
    launcher: 'python.py',
    sourceFile: 'main__.py',
    sourceAliases: ['exec', '__main__.py'],
    environment: { PYTHONIOENCODING: 'UTF-8' },
    prestart: true,
  },
];
