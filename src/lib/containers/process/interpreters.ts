import { realpath } from 'node:fs/promises';
import type { Log } from '../../entity/log.js';
import type { ProgramSearch } from './program-search.js';

/** The program that runs a kind, or what is missing. */
export type Interpreter = { readonly program: string; readonly detail: string } | { readonly missing: string };

interface InterpretersDeps {
  readonly search: ProgramSearch;
  /** The node that runs the platform. */
  readonly node: string;
  /** Its version, such as `20.19.0`. */
  readonly nodeVersion: string;
  readonly log: Log;
}

/**
 * Chooses the interpreter of a kind: the exact version on the PATH, else the nearest newer, else the nearest older, with one warning for
 * each kind (action-interface.md §3). Nothing is looked for before it is asked for; answers are kept, but never that something is missing,
 * because the user will install it.
 */
export class Interpreters {
  private readonly known = new Map<string, Interpreter>();

  constructor(private readonly deps: InterpretersDeps) {}

  /** The node for `nodejs:<major>`. */
  node(kind: string): Promise<Interpreter> {
    return this.remember(kind, async () => {
      const { node, nodeVersion } = this.deps;
      const major = versionOf(kind);
      const other = major === majorOf(nodeVersion) ? undefined : await this.findNode(major);
      if (other !== undefined) return { program: other, detail: `node ${major}: ${other}` };
      if (major !== majorOf(nodeVersion)) this.warn(kind, `node ${nodeVersion}`);
      return { program: node, detail: `node ${nodeVersion}: ${node}` };
    });
  }

  /** The python for `python:3` or `python:3.<minor>`. */
  python(kind: string): Promise<Interpreter> {
    return this.remember(kind, async () => {
      const wanted = `python${versionOf(kind)}`;
      for await (const name of this.pythonNames(wanted)) {
        const program = await this.usablePython(name);
        if (program === undefined) continue;
        if (name !== wanted) this.warn(kind, name);
        return { program, detail: `${name}: ${program}` };
      }
      return { missing: 'python3 was not found; install it, for example with apt-get install python3' };
    });
  }

  private async remember(kind: string, choose: () => Promise<Interpreter>): Promise<Interpreter> {
    const known = this.known.get(kind);
    if (known !== undefined) return known;
    const chosen = await choose();
    if ('program' in chosen) this.known.set(kind, chosen);
    return chosen;
  }

  private async findNode(major: string): Promise<string | undefined> {
    const { search, node } = this.deps;
    const named = await search.find(`node${major}`);
    if (named !== undefined) return named;
    const own = await realpath(node).catch(() => node);
    for await (const file of search.findAll('node')) {
      if ((await realpath(file)) === own) continue;
      const version = await search.output(file, ['--version']);
      if (version !== undefined && majorOf(version.replace('v', '')) === major) return file;
    }
    return undefined;
  }

  /** Names to try: the wanted one, nearest newer ones, nearest older ones, any. Lazy: the folders are read only when that is needed. */
  private async *pythonNames(wanted: string): AsyncGenerator<string> {
    yield wanted;
    const minor = Number(/^python3\.(\d+)$/.exec(wanted)?.[1] ?? Number.POSITIVE_INFINITY);
    const found = await this.deps.search.names(/^python3\.\d+$/);
    const minors = found.map((name) => Number(name.slice('python3.'.length))).sort((one, other) => one - other);
    const newer = minors.filter((other) => other > minor);
    const older = minors.filter((other) => other < minor).reverse();
    for (const other of [...newer, ...older]) yield `python3.${String(other)}`;
    yield 'python3';
  }

  /** The interpreter itself: a shim costs a tenth of a second at each start, and may stand for a version that is not there. */
  private async usablePython(name: string): Promise<string | undefined> {
    const { search } = this.deps;
    for await (const file of search.findAll(name)) {
      if (!(await search.isScript(file))) return file;
      const real = await search.output(file, ['-c', 'import sys; print(sys.executable)']);
      if (real !== undefined && real !== '') return real;
    }
    return undefined;
  }

  private warn(kind: string, used: string): void {
    this.deps.log.warn('containers', `${kind} is not installed; its actions run with ${used}`);
  }
}

function versionOf(kind: string): string {
  return kind.slice(kind.indexOf(':') + 1);
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? '';
}
