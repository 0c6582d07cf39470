import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complete } from '../../../src/lib/cli/completion/main.js';
import { runRt } from '../../helpers/run-rt.js';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/temporary-folder.js';

const manifest = {
  baseFlags: {
    apihost: { type: 'option', helpValue: 'HOST' },
    output: { type: 'option', options: ['text', 'json'] },
    verbose: { type: 'boolean', char: 'v', summary: 'traces' },
    color: { type: 'boolean', allowNo: true },
    useragent: { type: 'option', hidden: true },
  },
  commands: {
    'action:create': {
      summary: 'Create an action',
      args: { name: { required: true }, code: {} },
      flags: {
        kind: { type: 'option', helpValue: 'KIND' },
        param: { type: 'option', char: 'p', helpValue: 'KEY VALUE', multiple: true },
        'param-file': { type: 'option', char: 'P', helpValue: 'FILE', multiple: true },
        web: { type: 'option', helpValue: 'true|raw|false', optionalValue: { bare: 'true' } },
        'web-secure': { type: 'option', helpValue: 'true|false|SECRET' },
      },
    },
    'action:delete': { summary: 'Delete actions', args: { name: { required: true } } },
    'action:list': { summary: 'List actions', args: { scope: {} } },
    'namespace:log-forwarding:get': { summary: 'Show the log forwarding' },
    'platform:env': { flags: { shell: { type: 'option', options: ['bash', 'fish'] } } },
  },
};

/** Prints what it was asked, then two names, in the place of rt. */
const namesProgram = `
require('node:fs').appendFileSync(process.env.RECORD, process.argv.slice(2).join(' ') + '\\n');
process.stdout.write('/guest/hello\\n/guest/pkg/two words\\n');
`;

describe('the completion of a line', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder.path, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(folder.path, 'names.cjs'), namesProgram);
  });
  afterEach(() => {
    folder.dispose();
  });

  interface Given {
    readonly shell?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly program?: string;
  }

  async function words(
    line: string,
    { shell = 'bash', env = {}, program = 'names.cjs' }: Given = {},
  ): Promise<string[]> {
    const text = await complete({
      env: { RECORD: join(folder.path, 'record'), RT_COMPLETE_TIMEOUT: '20000', ...env },
      cwd: folder.path,
      execPath: process.execPath,
      program: join(folder.path, program),
      cache: join(folder.path, 'cache'),
      words: [shell, line, ' \t\n"\'><=;|&(:'],
      manifest: join(folder.path, 'manifest.json'),
    });
    return text.split('\n').slice(0, -1);
  }

  /** What the platform was asked. */
  function asked(): readonly string[] {
    const file = join(folder.path, 'record');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  }

  const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['rt ', ['action', 'help', 'namespace', 'platform']],
    ['rt ac', ['action']],
    ['rt act cr', ['create']],
    ['rt wsk action del', ['delete']],
    ['FOO=1 rt -v action cr', ['create']],
    ['rt action:cr', ['create']],
    ['rt namespace l', ['log-forwarding']],
    ['rt ns lf ', ['get']],
    ['rt help action ', ['create', 'delete', 'list']],
    ['rt help exit', ['exit-codes']],
    ['rt action create --ki', ['--kind']],
    ['rt action create a --param x --', []],
    ['rt action create a -p x 1 --par', ['--param', '--param-file']],
    ['rt action create --kind a --ki', []],
    ['rt action create --web=r', ['raw']],
    ['rt action create --web-secure ', ['true', 'false']],
    ['rt action create -- --ki', []],
    ['rt platform env --shell f', ['fish']],
    ['rt platform env --output=', ['text', 'json']],
    ['rt --out', ['--output']],
    ['rt --user', []],
    ['rt nonsense ', []],
  ];
  for (const [line, expected] of cases) {
    it(`C-79: offers ${expected.join(', ') || 'nothing'} behind ${line}`, async () => {
      assert.deepEqual(await words(line), expected);
    });
  }

  it('C-79: offers the short words for commands that exist', async () => {
    const text = JSON.stringify({ ...manifest, commands: { ...manifest.commands, 'action:invoke': {} } });
    writeFileSync(join(folder.path, 'manifest.json'), text);
    assert.deepEqual(await words('rt i'), ['invoke']);
  });

  it('C-79: offers names of the platform as they are typed, quoted for the shell, asked once in half a minute', async () => {
    assert.deepEqual(await words('rt action delete '), ['hello', 'pkg/two\\ words']);
    assert.deepEqual(await words('rt action delete hello pkg'), ['pkg/two\\ words']);
    assert.deepEqual(await words("rt action delete 'pk"), ['pkg/two words']);
    assert.deepEqual(await words('rt action delete /g'), ['/guest/hello', '/guest/pkg/two\\ words']);
    assert.deepEqual(asked(), ['action list --output name --quiet --no-autostart --no-input --limit 200']);
  });

  it('C-79: asks the platform that the line names', async () => {
    await words('rt --apihost example.org action list ');
    assert.match(asked()[0] ?? '', /^package list .*--apihost example\.org$/);
    await words('rt action create --kind ');
    assert.equal(asked()[1], 'kind list --output name --quiet --no-autostart --no-input');
  });

  it('C-79: is silent when the platform is not to be asked, does not answer in time, or fails', async () => {
    assert.deepEqual(await words('rt action delete ', { env: { RT_COMPLETE_REMOTE: '0' } }), []);
    assert.deepEqual(asked(), []);
    writeFileSync(join(folder.path, 'slow.cjs'), 'setInterval(() => undefined, 1000);');
    assert.deepEqual(await words('rt action delete ', { program: 'slow.cjs', env: { RT_COMPLETE_TIMEOUT: '50' } }), []);
    writeFileSync(join(folder.path, 'failing.cjs'), `console.log('/guest/half'); process.exitCode = 3;`);
    assert.deepEqual(await words('rt action delete ', { program: 'failing.cjs' }), []);
    assert.deepEqual(await words('rt action delete ', { program: 'missing.cjs' }), []);
    assert.deepEqual(await words('rt action delete ', { shell: 'csh' }), []);
  });

  it('C-79: tells other shells where names of files fit, and what each word means', async () => {
    assert.deepEqual(await words('rt action create hello ', { shell: 'fish' }), [':files']);
    assert.deepEqual(await words('rt action create -P ', { shell: 'zsh' }), [':files']);
    assert.deepEqual(await words('rt action create hello '), []);
    assert.deepEqual(await words('rt action cr', { shell: 'fish' }), ['create\tCreate an action']);
    assert.deepEqual(await words('rt action:cr', { shell: 'zsh' }), ['action\\:create:Create an action']);
  });
});

describe('rt completion', () => {
  it('C-79: prints the script of a shell, also under the words of wsk, and of the shell in use', async () => {
    const { stdout, status } = await runRt(['completion', 'bash']);
    assert.equal(status, 0);
    assert.match(stdout, /complete -o default -F _rt_complete rt\n$/);
    assert.equal((await runRt(['sdk', 'install', 'bashauto'])).stdout, stdout);
    assert.match((await runRt(['autocomplete', 'fish'])).stdout, /complete -c rt/);
    assert.match((await runRt(['completion'], { env: { SHELL: '/usr/bin/zsh' } })).stdout, /^#compdef rt/);
    const unknown = await runRt(['completion'], { env: { SHELL: '/bin/csh' } });
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /^error: which shell\?\nhint: name one of bash, zsh, fish, powershell/);
  });

  it('C-79, C-61: install adds its lines once, after asking, and leaves the rest of the file', async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, '.bashrc');
    writeFileSync(file, '# mine\n');
    const refused = await runRt(['completion', 'install', 'bash'], { home: folder.path });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^error: this would add two lines to .*\.bashrc; confirm with --force/);
    const done = await runRt(['completion', 'install', 'bash', '--force'], { home: folder.path });
    assert.match(done.stdout, /^ok: completion for bash is in .*\.bashrc; it works in new shells\n$/);
    const text = readFileSync(file, 'utf8');
    assert.match(
      text,
      /^# mine\n\n# Completion of rt\ncommand -v rt >\/dev\/null && eval "\$\(rt completion bash\)"\n$/,
    );
    const again = await runRt(['completion', 'install', 'bash', '--json'], { home: folder.path });
    assert.deepEqual(JSON.parse(again.stdout), { shell: 'bash', path: file, changed: false });
    assert.equal(readFileSync(file, 'utf8'), text);
    folder.dispose();
  });

  it('C-79: install writes the file of fish and the files of zsh and PowerShell where these look for them', async () => {
    const folder = temporaryFolder();
    for (const [shell, path] of [
      ['fish', '.config/fish/completions/rt.fish'],
      ['zsh', '.zshrc'],
      ['powershell', '.config/powershell/Microsoft.PowerShell_profile.ps1'],
    ] as const) {
      await runRt(['completion', 'install', shell, '--yes'], { home: folder.path });
      assert.match(readFileSync(join(folder.path, path), 'utf8'), /rt/, shell);
    }
    folder.dispose();
  });
});
