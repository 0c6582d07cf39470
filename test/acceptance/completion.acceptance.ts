import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { BuiltRt } from '../helpers/built-rt.js';

const hello = 'function main() { return { greeting: "hello" }; }\n';

/** Where a program lies, or undefined: its tests are then skipped, which the report shows. */
function found(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

/** How each shell is brought to complete a line, and prints the candidates one a line. */
const shells: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => [
    '--norc',
    '-c',
    `set -o nounset; eval "$(rt completion bash)"
COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _rt_complete; printf '%s\\n' "\${COMPREPLY[@]:-}"`,
  ],
  zsh: (line) => [
    '-f',
    '-c',
    `compdef() { :; }; _files() { print -- FILES; }; _describe() { print -l -- "\${(@P)3%%:*}"; }
eval "$(rt completion zsh)"
line='${line} '; words=("\${(@s: :)line}"); words=("\${(@)words[1,-2]}"); CURRENT=$#words; PREFIX=$words[-1]; _rt`,
  ],
  fish: (line) => ['-N', '-c', `rt completion fish | source; complete -C '${line}' | string split -f1 \\t`],
};

describe('the completion in a real shell', function () {
  this.timeout(120_000);

  let rt: BuiltRt;

  before(async () => {
    rt = await BuiltRt.create({ files: { 'hello.js': hello } });
    await rt.startPlatform();
    for (const name of ['greet', 'greedy']) await rt.run(['action', 'create', name, 'hello.js']);
  });

  after(() => rt.dispose());

  for (const [shell, wordsFor] of Object.entries(shells)) {
    const path = found(shell);
    describe(shell, () => {
      before(function () {
        if (path === undefined) {
          console.log(`    SKIPPED LOUDLY: ${shell} is not on this machine`);
          this.skip();
        }
      });

      async function candidates(line: string): Promise<string[]> {
        const { stdout, stderr } = await rt.program(path ?? '', wordsFor(line), { RT_COMPLETE_TIMEOUT: '30000' });
        assert.equal(stderr, '');
        return stdout
          .split('\n')
          .filter((word) => word !== '')
          .sort();
      }

      it('C-79: completes topics, commands and flags after eval of its script', async () => {
        assert.deepEqual(await candidates('rt acti'), ['action', 'activation']);
        assert.deepEqual(await candidates('rt action cr'), ['create']);
        assert.deepEqual(await candidates('rt action create --param-'), [
          '--param-file',
          '--param-from',
          '--param-string',
        ]);
      });

      it('C-79: completes names of actions of the local platform', async () => {
        assert.deepEqual(await candidates('rt action get gre'), ['greedy', 'greet']);
      });

      it('C-79: leaves names of files to the shell', async () => {
        const expected = { bash: [], zsh: ['FILES'], fish: ['hello.js'] }[shell];
        assert.deepEqual(await candidates('rt action create new hel'), expected);
      });
    });
  }

  it('C-80: completing loads neither the command line nor any library', async () => {
    const modules = `process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')))`;
    const { stdout, stderr } = await rt.program('rt', ['__complete', 'bash', 'rt acti'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent("import { createRequire } from 'node:module'; globalThis.require = createRequire('file:///');" + modules)}`,
    });
    assert.equal(stdout, 'action\nactivation\n');
    const loaded = stderr.split('\n').map((path) => path.split('/').at(-1));
    assert.deepEqual(loaded.filter((name) => name !== '').sort(), ['code-cache.cjs', 'complete.cjs', 'run.cjs']);
  });
});
