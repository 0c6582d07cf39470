import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missingText, readInstalled } from '../interpreters.js';
import { isProgram } from '../program-file.js';
import type { BuildJob, LoopLanguage } from './language.js';

/** Go: the source and our launcher become one program, which speaks the action loop (action-interface.md §3.5). */
export const go: LoopLanguage = {
  family: 'go',
  interpreter: (interpreters, kind) =>
    interpreters.plain(kind, { program: 'go', package: 'golang' }, async (program) => {
      const version = await readVersion(program);
      if (version === undefined) return { missing: missingText('go', 'golang') };
      return { program, detail: `go ${version}: ${program}`, companions: { version } };
    }),
  source: { file: () => 'exec', aliases: [] },
  initErrors: 'logged',
  host: { type: 'program', acknowledges: true },
  build: {
    key: async ({ companions }, launchers) => [
      companions?.version ?? '',
      await readFile(join(launchers, launcherFile), 'utf8'),
    ],
    needed: async (folder) => !(await isProgram(join(folder, 'exec'))),
    run: build,
  },
};

const launcherFile = 'go/launcher.go.txt';

/** Names that sources can have: a single file, and our launcher. */
const singleFile = 'exec__.go';
const launcherSource = 'launcher__.go';

async function readVersion(program: string): Promise<string | undefined> {
  return /go(\d+\.\d+(?:\.\d+)?)/.exec((await readInstalled(program, 'VERSION')) ?? '')?.[1];
}

async function build({ request, interpreter, source, result, shared, launchers, tools }: BuildJob): Promise<void> {
  const names = await readdir(source);
  if (names.includes('exec')) await rename(join(source, 'exec'), join(source, singleFile));
  const version = interpreter.companions?.version?.split('.').slice(0, 2).join('.') ?? '1.20';
  if (!names.includes('go.mod')) await writeFile(join(source, 'go.mod'), `module exec\n\ngo ${version}\n`);
  const text = await readSources(source);
  if (!/^func\s+main\s*\(\s*\)/m.test(text)) {
    const launcher = await readFile(join(launchers, launcherFile), 'utf8');
    await writeFile(join(source, launcherSource), launcher.replaceAll('RT_MAIN', entryPoint(request.main, text)));
  }
  await tools.run({
    program: interpreter.program,
    args: ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(result, 'exec'), '.'],
    cwd: source,
    environment: {
      GOCACHE: join(shared, 'cache'),
      GOPATH: tools.variable('GOPATH') ?? join(tools.variable('HOME') ?? shared, 'go'),
      ...{ GOFLAGS: '-mod=mod -modcacherw', GOTOOLCHAIN: 'local', GO111MODULE: 'on', CGO_ENABLED: '0', GOWORK: 'off' },
    },
  });
}

/** The official script lower-cases all but the first letter; the plain name counts too, if only that is there. */
function entryPoint(main: string, text: string): string {
  const official = main.charAt(0).toUpperCase() + main.slice(1).toLowerCase();
  const plain = main.charAt(0).toUpperCase() + main.slice(1);
  const has = (name: string): boolean => new RegExp(`^func\\s+${name}\\s*\\(`, 'm').test(text);
  const name = !has(official) && has(plain) ? plain : official;
  return /^\w+$/.test(name) ? name : 'Main';
}

async function readSources(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.go'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('\n');
}
