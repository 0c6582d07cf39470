import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log } from '../../entity/log.js';
import type { ProgramSearch } from './program-search.js';
import { behindShim } from './shims.js';

/** The program that runs a kind, or what is missing. */
export type Interpreter =
  | {
      readonly program: string;
      /** What was found, for people. */
      readonly detail: string;
      /** Other programs and files of the same language, by what they are. */
      readonly companions?: Readonly<Record<string, string>>;
      /** Set when it is not the version that the kind names: what it is instead. */
      readonly substitute?: string;
      /** MB of address space that it takes at its start and hardly uses, which the kernel counts as memory (RS-501). */
      readonly reserved?: number;
    }
  | { readonly missing: string };

/** From this version on V8 reserves room for code that may be written and run at once. */
const firstReserving = 23;
const reservedForCode = 512;

/** A program whose files carry their version in the name: `php8.2`, `ruby3.1`. */
interface VersionedProgram {
  readonly program: string;
  /** Package of Debian and its relatives that brings it; with `npm:` one of npm. */
  readonly package: string;
}

interface InterpretersDeps {
  readonly search: ProgramSearch;
  /** The node that runs the platform. */
  readonly node: string;
  /** Its version, such as `20.19.0`. */
  readonly nodeVersion: string;
  readonly log: Log;
  /** The user's environment, which may say where a language lives. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Chooses the interpreter of a kind: the exact version on the PATH, else the nearest newer, else the nearest older, with one warning for
 * each kind (action-interface.md §3). Nothing is looked for before it is asked for; answers are kept as long as the program is there, but never
 * that something is missing, because the user will install it.
 */
export class Interpreters {
  private readonly known = new Map<string, Interpreter>();
  private readonly warned = new Set<string>();

  constructor(private readonly deps: InterpretersDeps) {}

  /** A variable of the user's environment; undefined when it is empty. */
  variable(name: string): string | undefined {
    const value = this.deps.environment?.[name];
    return value === '' ? undefined : value;
  }

  /** The node for `nodejs:<major>`. */
  node(kind: string): Promise<Interpreter> {
    return this.remember(kind, async () => {
      const { node, nodeVersion } = this.deps;
      const major = versionOf(kind);
      const other = major === majorOf(nodeVersion) ? undefined : await this.findNode(major);
      if (other !== undefined) return { program: other, detail: `node ${major}: ${other}`, ...reservedBy(major) };
      const found = { program: node, detail: `node ${nodeVersion}: ${node}`, ...reservedBy(majorOf(nodeVersion)) };
      return major === majorOf(nodeVersion) ? found : { ...found, substitute: `node ${nodeVersion}` };
    });
  }

  /** The python for `python:3` or `python:3.<minor>`. */
  python(kind: string): Promise<Interpreter> {
    const names = (): Generator<string> => this.versionedNames('python', `python${versionOf(kind)}`, 'python3');
    return this.firstUsable(kind, names, { program: 'python3', package: 'python3' });
  }

  /** The program for a kind such as `php:8.2`; one without a version in its name is as good as any. */
  versioned(kind: string, { program, package: name }: VersionedProgram): Promise<Interpreter> {
    const names = (): Generator<string> => this.versionedNames(program, `${program}${versionOf(kind)}`, program);
    return this.firstUsable(kind, names, { program, package: name });
  }

  /** A program without versions in its name, with what belongs to it. `complete` may say what is missing still. */
  plain(
    kind: string,
    { program, package: name }: VersionedProgram,
    complete: (file: string) => Promise<Interpreter>,
  ): Promise<Interpreter> {
    return this.remember(kind, async () => {
      const file = await this.find(program);
      return file === undefined ? { missing: missingText(program, name) } : complete(file);
    });
  }

  /** The first program of this name itself, not a shim for it. */
  async find(name: string): Promise<string | undefined> {
    const { search } = this.deps;
    for (const file of search.findAll(name)) {
      const real = await this.realProgram(file, name);
      if (real !== undefined) return real;
    }
    return undefined;
  }

  /** Says once for a kind that its actions run with another version than it names. */
  warnOfSubstitute(kind: string, interpreter: Interpreter): void {
    if (!('substitute' in interpreter) || this.warned.has(kind)) return;
    this.warned.add(kind);
    this.deps.log.warn('containers', `${kind} is not installed; its actions run with ${interpreter.substitute}`);
  }

  private firstUsable(
    kind: string,
    names: () => Generator<string>,
    { program, package: packageName }: VersionedProgram,
  ): Promise<Interpreter> {
    return this.remember(kind, async () => {
      let exact = true;
      for (const name of names()) {
        const file = await this.find(name);
        if (file !== undefined) {
          const found = { program: file, detail: `${name}: ${file}` };
          return exact ? found : { ...found, substitute: name === program ? await withVersion(file, name) : name };
        }
        exact = false;
      }
      return { missing: missingText(program, packageName) };
    });
  }

  private async remember(kind: string, choose: () => Promise<Interpreter>): Promise<Interpreter> {
    const known = this.known.get(kind);
    if (known !== undefined && 'program' in known && this.deps.search.isThere(known.program)) return known;
    const chosen = await choose();
    if ('program' in chosen) this.known.set(kind, chosen);
    else this.known.delete(kind);
    return chosen;
  }

  private async findNode(major: string): Promise<string | undefined> {
    const { search, node } = this.deps;
    const named = search.find(`node${major}`);
    if (named !== undefined) return named;
    const managed = this.findManagedNode(major);
    if (managed !== undefined) return managed;
    const own = await realpath(node).catch(() => node);
    for (const file of search.findAll('node')) {
      if ((await realpath(file)) === own) continue;
      const version = await search.output(file, ['--version']);
      if (version !== undefined && majorOf(version.replace('v', '')) === major) return file;
    }
    return undefined;
  }

  /** The newest node of this major that nvm has installed. */
  private findManagedNode(major: string): string | undefined {
    const home = this.variable('HOME');
    const root = this.variable('NVM_DIR') ?? (home === undefined ? undefined : join(home, '.nvm'));
    if (root === undefined) return undefined;
    const versions = this.deps.search.folders(join(root, 'versions', 'node'), new RegExp(`^v${major}\\.`));
    const files = versions.map((version) => join(root, 'versions', 'node', version, 'bin', 'node'));
    for (const file of files.reverse()) if (this.deps.search.isThere(file)) return file;
    return undefined;
  }

  /** Names to try: the wanted one, nearest newer ones, nearest older ones, any. Lazy: the folders are read only when that is needed. */
  private *versionedNames(program: string, wanted: string, any: string): Generator<string> {
    yield wanted;
    const found = this.deps.search.names(new RegExp(`^${program}\\d+\\.\\d+$`));
    const versions = found.map((name) => name.slice(program.length)).sort(compareVersions);
    const version = wanted.slice(program.length);
    // A major alone, such as `3`, is older than all its minors: the nearest newer one is taken for lack of anything better.
    const major = version.includes('.') ? undefined : version;
    const newer = versions.filter((other) => major === undefined && compareVersions(other, version) > 0);
    const older = versions.filter((other) => major !== undefined || compareVersions(other, version) < 0).reverse();
    for (const other of [...newer, ...older]) if (isSuitable(program, other)) yield `${program}${other}`;
    yield any;
  }

  /** The interpreter itself: a shim costs a tenth of a second at each start, and may stand for a version that is not there. */
  private async realProgram(file: string, name: string): Promise<string | undefined> {
    const { search } = this.deps;
    if (!search.isScript(file)) return file;
    const behind = behindShim(file, name);
    if (behind !== undefined) return behind.program;
    if (!name.startsWith('python')) return file;
    const real = await search.output(file, ['-c', 'import sys; print(sys.executable)']);
    return real === undefined || real === '' ? undefined : real;
  }
}

/** What to say of a program that is not there, with the package that brings it: Debian's, or with `npm:` one of npm. */
export function missingText(program: string, packageName: string): string {
  const [source, name = ''] = packageName.split(':');
  const command = source === 'npm' ? `npm install -g ${name}` : `apt-get install ${packageName}`;
  return `${program} was not found; install it, for example with ${command}`;
}

/** The version that a kind names: `8.2` of `php:8.2`. */
function versionOf(kind: string): string {
  return kind.slice(kind.indexOf(':') + 1);
}

/** The first line of a file of a language's installation, such as `VERSION` of go; undefined when there is none. */
export async function readInstalled(program: string, file: string): Promise<string | undefined> {
  const root = dirname(dirname(await realpath(program)));
  return readFile(join(root, file), 'utf8').catch(() => undefined);
}

/** Python 2 is another language. */
function isSuitable(program: string, version: string): boolean {
  return program !== 'python' || version.startsWith('3.');
}

function compareVersions(one: string, other: string): number {
  const [first, second] = [one, other].map((version) => version.split('.').map(Number));
  return (first?.[0] ?? 0) - (second?.[0] ?? 0) || (first?.[1] ?? 0) - (second?.[1] ?? 0);
}

/** `php 8.2` for a `php` that is a link to `php8.2`, else the name alone. */
async function withVersion(file: string, name: string): Promise<string> {
  const version = /(\d+\.\d+)$/.exec(await realpath(file).catch(() => ''))?.[1];
  return version === undefined ? name : `${name} ${version}`;
}

function reservedBy(major: string): { readonly reserved?: number } {
  return Number(major) >= firstReserving ? { reserved: reservedForCode } : {};
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? '';
}
