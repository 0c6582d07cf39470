import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BuildError } from '../build/build-error.js';
import { type Interpreter, type Interpreters, missingText, readInstalled } from '../interpreters.js';
import { findFile, isExecutableFile } from '../program-search.js';
import type { BuildJob, FoundInterpreter, LoopLanguage } from './language.js';

/** MB of the action's memory that are not heap, and the smallest heap. */
const heapOverhead = 64;
const smallestHeap = 64;

/** Where Debian, its relatives and a user's build tools keep gson. */
const gsonFiles = [
  '/usr/share/java/gson.jar',
  '/usr/share/java/google-gson.jar',
  '/usr/share/java/google-gson/gson.jar',
];

const launcherFile = 'java/RtLauncher.java';

/** MB that the kernel must grant besides: a JVM keeps much written memory that is not heap. */
const jvmAllowance = 512;

/** Java: a jar, or sources that are compiled; classes use gson's JsonObject (action-interface.md §3.6). */
export const java: LoopLanguage = {
  family: 'java',
  interpreter: findJava,
  source: { file: (main) => `${classOf(main)}.java`, aliases: [], keepsJars: true },
  initErrors: 'logged',
  build: {
    key: (interpreter) => Promise.resolve(keyOf(interpreter)),
    needed: async (folder) => (await sourcesIn(folder)).length > 0,
    run: (job) => compile(job, job.source),
  },
  host: {
    type: 'launcher',
    launcher: launcherFile,
    args: ({ memory, interpreter, prepared }) => [
      ...[
        `-Xmx${String(Math.max(smallestHeap, memory - heapOverhead))}m`,
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
      ],
      ...['-Xshare:auto', '-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-Dstderr.encoding=UTF-8'],
      ...['--add-opens', 'java.base/java.util=ALL-UNNAMED', '--add-opens', 'java.base/java.io=ALL-UNNAMED'],
      ...['-cp', `${prepared}:${gsonOf(interpreter)}`, 'RtLauncher'],
    ],
    environment: {},
    overhead: jvmAllowance,
    prestart: true,
    prepare: {
      key: async (interpreter, launchers) => [
        ...keyOf(interpreter),
        await readFile(join(launchers, launcherFile), 'utf8'),
      ],
      run: (job) => compile(job, join(job.launchers, dirname(launcherFile))),
    },
  },
};

function findJava(interpreters: Interpreters, kind: string): Promise<Interpreter> {
  const jdk = 'default-jdk-headless';
  return interpreters.plain(kind, { program: 'java', package: jdk }, async (program) => {
    const release = (await readInstalled(program, 'release')) ?? '';
    const version = /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1] ?? 'of an unknown version';
    const javac = compilerBeside(program) ?? (await interpreters.find('javac'));
    if (javac === undefined) return { missing: missingText('javac', jdk) };
    const gson = await findGson(interpreters);
    if (gson === undefined) return { missing: `${missingText('gson.jar', 'libgoogle-gson-java')}, or set RT_GSON_JAR` };
    return { program, detail: `java ${version}: ${program}`, companions: { version, javac, gson } };
  });
}

function compilerBeside(program: string): string | undefined {
  const javac = join(dirname(program), 'javac');
  return isExecutableFile(javac) ? javac : undefined;
}

async function findGson(interpreters: Interpreters): Promise<string | undefined> {
  const home = interpreters.variable('HOME');
  const repository = home === undefined ? undefined : join(home, '.m2/repository/com/google/code/gson/gson');
  const versions = repository === undefined ? [] : (await readdir(repository).catch(() => [])).sort().reverse();
  const cached = versions.map((version) => join(repository ?? '', version, `gson-${version}.jar`));
  return findFile([interpreters.variable('RT_GSON_JAR') ?? '', ...gsonFiles, ...cached]);
}

function keyOf({ companions }: FoundInterpreter): string[] {
  return [companions?.version ?? '', companions?.gson ?? ''];
}

function gsonOf({ companions }: FoundInterpreter): string {
  return companions?.gson ?? '';
}

/** The class of `package.Class#method`; `main` alone stands for the class `Main`. */
function classOf(main: string): string {
  const [name = ''] = (main === 'main' ? 'Main' : main).split('#');
  const simple = name.slice(name.lastIndexOf('.') + 1);
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(simple) ? simple : 'Main';
}

async function compile({ interpreter, source, result, tools }: BuildJob, folder: string): Promise<void> {
  const sources = await sourcesIn(folder);
  const jars = (await readdir(folder)).filter((name) => name.endsWith('.jar')).map((name) => join(folder, name));
  await tools
    .run({
      program: interpreter.companions?.javac ?? 'javac',
      args: [
        ...['-encoding', 'UTF-8', '-nowarn', '-proc:none', '-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC'],
        ...[
          '-cp',
          [gsonOf(interpreter), ...jars].join(':'),
          '-d',
          result,
          ...sources.map((name) => join(folder, name)),
        ],
      ],
      cwd: dirname(source),
      environment: {},
    })
    .catch((error: unknown) => {
      throw error instanceof BuildError ? new BuildError(error.message.replaceAll(`${folder}/`, '')) : error;
    });
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.java')).sort();
}
