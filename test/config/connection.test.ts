import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { normaliseApihost } from '../../src/lib/config/apihost.js';
import { parseDotenv } from '../../src/lib/config/dotenv.js';
import { updatePrivateFile } from '../../src/lib/config/private-file.js';
import { targetOf } from '../../src/lib/config/resolve-connection.js';
import { rtHome } from '../../src/lib/config/rt-home.js';
import { resolveSettings, type SettingSources } from '../../src/lib/config/settings.js';
import { Wskprops } from '../../src/lib/config/wskprops.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { ConfigError } from '../../src/lib/errors/client-errors.js';

let home: string;
let cwd: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rt-home-'));
  cwd = await mkdtemp(join(tmpdir(), 'rt-cwd-'));
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
  await rm(cwd, { recursive: true, force: true });
});

function sources(env: Record<string, string> = {}, flags: SettingSources['flags'] = {}): SettingSources {
  return { flags, env, cwd, home, platform: 'linux' };
}

async function resolveTarget(what: SettingSources): Promise<ReturnType<typeof targetOf>> {
  return targetOf(await resolveSettings(what), what);
}

async function fails(what: SettingSources, message: RegExp): Promise<void> {
  await assert.rejects(resolveTarget(what), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, message);
    assert.equal(error.exitStatus, 2);
    return true;
  });
}

describe('resolveSettings', () => {
  it('takes each key from the first source that has it', async () => {
    await writeFile(join(home, '.wskprops'), 'AUTH=props\nAPIHOST=props\n');
    await writeFile(join(cwd, '.env'), 'export WHISK_AUTH="dotenv"\nAIO_runtime_apihost=dotenv\n');
    const env: Record<string, string> = {
      AIO_RUNTIME_AUTH: 'aio',
      __OW_API_KEY: 'action',
      WHISK_AUTH: 'whisk',
      RT_AUTH: 'rt',
    };
    const found = async (): Promise<[string | undefined, string | undefined]> => {
      const auth = (await resolveSettings(sources(env))).values.get('auth');
      return [auth?.value, auth?.source];
    };
    assert.equal((await resolveSettings(sources(env, { auth: 'flag' }))).values.get('auth')?.source, '--auth');
    assert.deepEqual(await found(), ['rt', 'RT_AUTH']);
    delete env.RT_AUTH;
    assert.deepEqual(await found(), ['whisk', 'WHISK_AUTH']);
    env.WHISK_AUTH = '';
    assert.deepEqual(await found(), ['action', '__OW_API_KEY']);
    delete env.__OW_API_KEY;
    assert.deepEqual(await found(), ['aio', 'AIO_RUNTIME_AUTH']);
    delete env.AIO_RUNTIME_AUTH;
    assert.deepEqual(await found(), ['dotenv', `WHISK_AUTH in ${join(cwd, '.env')}`]);
    await rm(join(cwd, '.env'));
    assert.deepEqual(await found(), ['props', '~/.wskprops']);
    env.WSK_CONFIG_FILE = '';
    assert.deepEqual(await found(), [undefined, undefined]);
  });

  it('leaves nothing between the flags and an explicit context', async () => {
    await writeFile(join(home, '.wskprops'), 'AUTH=props\nAPIHOST=h.example\n');
    const env = { WHISK_AUTH: 'stray', WHISK_APIHOST: 'stray' };
    assert.equal((await resolveTarget({ ...sources(env), context: 'local' })).local, true);
    const target = await resolveTarget({ ...sources({ ...env, RT_CONTEXT: 'wskprops' }) });
    assert.equal(target.local ? undefined : target.auth.value, 'props');
    await fails({ ...sources(), context: 'nope' }, /there is no context 'nope'/);
  });
});

describe('resolveTarget', () => {
  it('C-18 is the local platform without any configuration', async () => {
    const target = await resolveTarget(sources());
    assert.equal(target.local, true);
    assert.deepEqual([target.namespace.value, target.apiversion.value, target.retries.value], ['_', 'v1', 2]);
  });

  it('C-18 refuses half a configuration and names its source', async () => {
    await fails(
      sources({ WHISK_APIHOST: 'h' }),
      /^an API host is configured \(from WHISK_APIHOST\) but no authorization key$/,
    );
    await fails(sources({}, { auth: 'a:b' }), /^an authorization key is configured \(from --auth\) but no API host$/);
    await fails(sources({ RT_CERT: 'c', RT_APIHOST: 'h', RT_AUTH: 'k' }), /^The Key file is not configured/);
    await fails(sources({ RT_RETRIES: 'x' }), /'x' \(from RT_RETRIES\) is not a valid number/);
  });

  it("does not send the user's key to a host that a project file sets", async () => {
    await writeFile(join(cwd, '.env'), 'WHISK_APIHOST=https://evil.example\n');
    await writeFile(join(home, '.wskprops'), 'AUTH=mine\nAPIHOST=h\n');
    await fails(
      sources(),
      /^the project sets the API host \(WHISK_APIHOST in .*\.env\) but the key comes from ~\/\.wskprops$/,
    );
    await fails(sources({ WHISK_AUTH: 'mine' }), /but the key comes from WHISK_AUTH$/);
    assert.equal((await resolveTarget(sources({}, { auth: 'given' }))).local, false);
    await writeFile(join(cwd, '.env'), 'WHISK_APIHOST=https://h.example\nWHISK_AUTH=theirs\n');
    const target = await resolveTarget(sources());
    assert.equal(target.local ? undefined : target.auth.value, 'theirs');
  });

  it('C-10 uses no namespace from .wskprops', async () => {
    await writeFile(join(home, '.wskprops'), 'AUTH=a\nAPIHOST=h\nNAMESPACE=ns\n');
    assert.equal((await resolveTarget(sources())).namespace.value, '_');
    assert.equal((await resolveTarget(sources({ WHISK_NAMESPACE: 'env' }))).namespace.value, 'env');
  });
});

describe('normaliseApihost', () => {
  const table: readonly (readonly [string, string])[] = [
    ['openwhisk.example.org', 'https://openwhisk.example.org'],
    ['h:444', 'https://h:444'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:3233', 'http://127.0.0.1:3233'],
    ['[::1]:3233', 'http://[::1]:3233'],
    ['https://h/', 'https://h'],
    ['https://h/api', 'https://h'],
    ['http://h:1/api/v1/', 'http://h:1'],
    ['h/base/api/v1', 'https://h/base'],
    [' h ', 'https://h'],
  ];
  for (const [text, expected] of table) {
    it(`makes ${expected} of '${text}'`, () => {
      assert.equal(normaliseApihost(text, 'test'), expected);
    });
  }

  it('refuses what is no host', () => {
    for (const text of ['', 'ftp://h', 'h h', 'https://', 'http://[::1']) {
      assert.throws(() => normaliseApihost(text, 'test'), ConfigError);
    }
  });
});

describe('Wskprops', () => {
  it('C-19 splits at the first =, trims, and knows comments, quotes, CR LF and any case', () => {
    const text = '# c\r\nAUTH = a=b # key\r\nApiHost="h # x" # y\r\nempty=\nNS=\'q\'\nX=a#b\nbroken\nX=last';
    const props = Wskprops.parse(text);
    assert.deepEqual(
      ['AUTH', 'APIHOST', 'EMPTY', 'NS', 'X', 'BROKEN'].map((key) => props.get(key)),
      ['a=b', 'h # x', undefined, 'q', 'last', undefined],
    );
  });

  it('prints what it parsed, whatever it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Wskprops.parse(text).print() === text));
  });

  it('gives back every value it was given, and changes no other', () => {
    const value = fc
      .stringMatching(/^[ -~é]+$/)
      .filter((text) => text.trim() !== '' && !(text.includes('"') && text.includes("'")));
    const lines = fc.array(fc.constantFrom('# c', 'A=1', 'B = 2', '', 'A=3', 'X'), { maxLength: 5 });
    fc.assert(
      fc.property(lines, value, (before, text) => {
        const props = Wskprops.parse(before.join('\n')).with('KEY', text);
        assert.equal(props.get('key'), text);
        assert.equal(Wskprops.parse(props.print()).get('KEY'), text);
        for (const key of ['A', 'B', 'X']) assert.equal(props.get(key), Wskprops.parse(before.join('\n')).get(key));
      }),
    );
  });

  it('refuses a value that would become several lines', () => {
    assert.throws(() => Wskprops.parse('').with('A', 'x\nAUTH=y'), ConfigError);
  });
});

describe('parseDotenv', () => {
  it('reads names of all kinds as data', () => {
    const variables = parseDotenv('\ufeffA=1\nexport B="x y"\n__proto__=p\n# C=3\n');
    assert.deepEqual(
      [...variables],
      [
        ['A', '1'],
        ['B', 'x y'],
        ['__proto__', 'p'],
      ],
    );
  });
});

describe('rtHome', () => {
  it('follows RT_HOME, XDG and Windows', () => {
    assert.equal(rtHome({ env: { RT_HOME: '/r' }, home: '/h', platform: 'linux' }), '/r');
    assert.equal(rtHome({ env: {}, home: '/h', platform: 'linux' }), '/h/.local/share/rt');
    assert.equal(rtHome({ env: { XDG_DATA_HOME: '/x' }, home: '/h', platform: 'linux' }), '/x/rt');
    assert.equal(rtHome({ env: { LOCALAPPDATA: '/l' }, home: '/h', platform: 'win32' }), '/l/rt');
  });
});

describe('updatePrivateFile', () => {
  it('loses no change of parallel writers and leaves nothing else behind', async () => {
    const path = join(home, 'f');
    const changes = Array.from({ length: 30 }, (_, at) =>
      updatePrivateFile(path, (text) => `${text}${String(at)}\n`, systemClock),
    );
    await Promise.all(changes);
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    assert.deepEqual(
      lines.map(Number).sort((a, b) => a - b),
      changes.map((_, at) => at),
    );
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(home), ['f']);
  });

  it('takes over the lock of an owner that is gone', async () => {
    const path = join(home, 'f');
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    await writeFile(`${path}.lock`, String(child.pid));
    await utimes(`${path}.lock`, new Date(0), new Date(0));
    await updatePrivateFile(path, () => 'x', systemClock);
    assert.deepEqual(await readdir(home), ['f']);
  });

  it('writes through a symbolic link and tells when others could read the file', async () => {
    const path = join(home, 'link');
    await writeFile(join(home, 'real'), 'a', { mode: 0o644 });
    await symlink(join(home, 'real'), path);
    assert.deepEqual(await updatePrivateFile(path, (text) => `${text}b`, systemClock), { tightened: true });
    assert.equal(await readFile(join(home, 'real'), 'utf8'), 'ab');
    assert.deepEqual((await readdir(home)).sort(), ['link', 'real']);
  });

  it('names the file that cannot be written', async () => {
    await writeFile(join(home, 'file'), '');
    await assert.rejects(
      updatePrivateFile(join(home, 'file', 'x'), () => '', systemClock),
      /cannot write .*file\/x/,
    );
  });
});
