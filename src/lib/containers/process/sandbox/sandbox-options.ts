/** What `--sandbox` chooses (cli.md §14.1): nothing, limits of the kernel and of our own watch, or a bubblewrap around each runtime too. */
export type SandboxMode = 'none' | 'limits' | 'namespaces';

/** Who is to be shut in. */
export interface Prisoner {
  /** MB that the action may use. */
  readonly memory: number;
  /** MB that its runtime needs besides. */
  readonly overhead: number;
  readonly box: string;
}

/** What a sandbox needs to know about this machine. */
export interface SandboxDeps {
  readonly mode: SandboxMode;
  /** PATH in which `bwrap` is looked for. */
  readonly path: string;
  /** Folder of the user, which namespaces hide; undefined when it is not known. */
  readonly home: string | undefined;
  /** Folders inside of it that runtimes must see: launchers, packages. */
  readonly visible: readonly string[];
  /** Folders that they must not see: the data of the platform. */
  readonly hidden: readonly string[];
  /** Told once when the wanted mode does not work here. */
  readonly onFallback: (message: string) => void;
}
