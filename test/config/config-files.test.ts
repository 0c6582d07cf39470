import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { changeTrust, useContext } from '../../src/lib/config/context-changes.js';
import { ConfiguredHome } from '../helpers/configured-home.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

let of: ConfiguredHome;

beforeEach(() => {
  of = new ConfiguredHome();
});

afterEach(() => {
  of.dispose();
});

describe('C-15 the project file', () => {
  it('is searched upwards to the root of the repository', async () => {
    const deep = join(of.cwd, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    mkdirSync(join(of.cwd, '.git'));
    of.write(of.inHome('.rt.json'), '{"apihost":"outside","auth":"outside"}');
    assert.equal((await of.target({ cwd: deep })).local, true);
    of.inWork('.rt.json', '{"apihost":"h.example","auth":"inside","cacert":"ca.pem"}');
    const found = await of.target({ cwd: deep });
    assert.equal(found.local ? '' : found.auth.value, 'inside');
    assert.equal(found.cacert?.value, join(of.cwd, 'ca.pem'));
  });

  it('counts outside of home and repositories only in the working directory', async () => {
    const elsewhere = temporaryFolder();
    try {
      mkdirSync(join(elsewhere.path, 'x'));
      of.write(join(elsewhere.path, '.rt.json'), '{"auth":"planted"}');
      assert.equal((await of.settings({ cwd: join(elsewhere.path, 'x') })).values.size, 0);
      assert.equal((await of.settings({ cwd: elsewhere.path })).values.get('auth')?.value, 'planted');
    } finally {
      elsewhere.dispose();
    }
  });

  it('selects a context, which must exist', async () => {
    await of.store('ci', { apihost: 'ci.example', auth: 'of-ci' });
    of.inWork('.rt.json', '{"context":"ci"}');
    const found = await of.target();
    assert.deepEqual(found.local ? [] : [found.apihost.value, found.auth.source], ['https://ci.example', 'context ci']);
    of.inWork('.rt.json', '{"context":"ic"}');
    const error = await of.refused(/^there is no context 'ic' \(from .*\.rt\.json\)$/);
    assert.equal(error.hint, 'the contexts are local, wskprops, ci');
  });

  it('that is damaged is named with line and column; of a wrong type with its member', async () => {
    of.inWork('.rt.json', '{\n  "auth": oops\n}');
    await of.refused(/\.rt\.json is not valid JSON: line 2, column 11 \(unexpected character 'o'\)$/);
    of.inWork('.rt.json', '["a"]');
    await of.refused(/\.rt\.json must hold a JSON object$/);
    of.inWork('.rt.json', '{"auth":1}');
    await of.refused(/^'auth' in .*\.rt\.json must be a string$/);
  });
});

describe("C-15 aio's configuration", () => {
  it('is JSON, Hjson or YAML; what cannot be read is skipped with a note', async () => {
    const forms: readonly string[] = [
      '{"runtime":{"auth":"k","namespace":7}}',
      '// aio\n{\n  # comment\n  runtime: { /* c */\n    "auth": "k",\n    namespace: 7\n  }\n}',
      "{ runtime: { auth: 'k', namespace: 7 } }",
      'runtime:\n  auth: k\n  namespace: 7\n',
    ];
    for (const text of forms) {
      of.write(of.inHome('.config', 'aio'), text);
      const { values, notes } = await of.settings();
      assert.deepEqual([values.get('auth')?.value, values.get('namespace')?.value, notes], ['k', '7', []], text);
    }
    of.write(of.inHome('.config', 'aio'), '{ runtime: {');
    const { values, notes } = await of.settings();
    assert.deepEqual([values.size, notes.length], [0, 1]);
    assert.match(notes[0] ?? '', /\.config\/aio was left out: expected a key$/);
  });

  it('is found by AIO_CONFIG_FILE and XDG_CONFIG_HOME', async () => {
    of.write(of.inHome('xdg', 'aio'), '{"runtime":{"auth":"xdg"}}');
    of.write(of.inHome('chosen'), '{"runtime":{"auth":"chosen"}}');
    of.env.XDG_CONFIG_HOME = of.inHome('xdg');
    assert.equal((await of.settings()).values.get('auth')?.value, 'xdg');
    of.env.AIO_CONFIG_FILE = of.inHome('chosen');
    assert.equal((await of.settings()).values.get('auth')?.value, 'chosen');
  });

  it('names the properties file, unless WSK_CONFIG_FILE does', async () => {
    of.write(of.inHome('p1'), 'AUTH=p1\n');
    of.write(of.inHome('p2'), 'AUTH=p2\n');
    of.write(of.inHome('.config', 'aio'), JSON.stringify({ runtime: { config_file: of.inHome('p1') } }));
    assert.equal((await of.settings()).values.get('auth')?.source, '~/p1');
    of.env.AIO_RUNTIME_CONFIG__FILE = of.inHome('p2');
    assert.equal((await of.settings()).values.get('auth')?.source, '~/p2');
    of.env.WSK_CONFIG_FILE = of.inHome('none');
    assert.equal((await of.settings()).values.size, 0);
  });
});

describe('C-16 contexts', () => {
  beforeEach(() => of.store('ci', { apihost: 'ci.example', auth: 'of-ci' }));

  it('leaves out the environment, project and files when it is selected explicitly', async () => {
    Object.assign(of.env, { WHISK_AUTH: 'stray', RT_APIHOST: 'stray', RT_NAMESPACE: 'stray', RT_RETRIES: '7' });
    of.inWork('.env', 'WHISK_APIHOST=stray\n');
    of.write(of.inHome('.wskprops'), 'AUTH=stray\nAPIHOST=stray\nAPIVERSION=v9\n');
    for (const more of [{ context: 'ci' }, { env: { ...of.env, RT_CONTEXT: 'ci' } }]) {
      const found = await of.target(more);
      assert.ok(!found.local);
      assert.deepEqual(
        [found.apihost.value, found.auth.value, found.namespace.value, found.apiversion.value, found.retries.value],
        ['https://ci.example', 'of-ci', '_', 'v1', 7],
      );
    }
    of.flags.auth = 'flag';
    const found = await of.target({ context: 'ci' });
    assert.equal(found.local ? '' : found.auth.value, 'flag');
  });

  it('never completes a context without key from .wskprops', async () => {
    await of.store('half', { apihost: 'half.example' });
    of.write(of.inHome('.wskprops'), 'AUTH=mine\nAPIHOST=mine\n');
    await of.change(useContext('half'));
    const error = await of.refused(/^an API host is configured \(from context half\) but no authorization key$/);
    assert.equal(error.hint, 'rt login half.example --context half');
  });

  it('RS-252 takes --insecure from nowhere but a flag or itself', async () => {
    await of.change(useContext('ci'));
    of.write(of.inHome('.wskprops'), 'INSECURE=true\n');
    of.env.RT_INSECURE = '1';
    assert.equal((await of.target()).insecure.value, false);
    of.flags.insecure = 'true';
    assert.equal((await of.target()).insecure.value, true);
  });

  it('RS-164 a damaged config.json is named with its place, and does not matter when host and key are given', async () => {
    of.write(of.configFile, '{"contexts": {}\n"current"');
    await of.refused(/config\.json is not valid JSON: line 2, column 1 \(unexpected character '"'\)$/);
    of.flags.apihost = 'h';
    of.flags.auth = 'a:b';
    assert.equal((await of.target()).local, false);
    await of.refused(/config\.json is not valid JSON/, { context: 'ci' });
  });

  it('RS-273 refuses a config.json of a newer version', async () => {
    of.write(of.configFile, '{"version":2}');
    await of.refused(/config\.json was written by a newer rt \(version 2 of the file\)$/);
  });
});

describe('RS-228 a project', () => {
  const keys: readonly (readonly [string, () => unknown])[] = [
    [
      'the environment',
      () => {
        of.env.WHISK_AUTH = 'mine';
      },
    ],
    [
      '.wskprops',
      () => {
        of.write(of.inHome('.wskprops'), 'AUTH=mine\n');
      },
    ],
    [
      'aio',
      () => {
        of.write(of.inHome('.config', 'aio'), '{"runtime":{"auth":"mine"}}');
      },
    ],
    [
      'a context',
      async () => {
        await of.store('mine', { apihost: 'mine.example', auth: 'mine' });
        await of.change(useContext('mine'));
      },
    ],
  ];
  const hosts: readonly (readonly [string, string, string])[] = [
    ['.env', '.env', 'WHISK_APIHOST=evil.example\n'],
    ['.rt.json', '.rt.json', '{"apihost":"evil.example"}'],
    ['.aio', '.aio', '{"runtime":{"apihost":"evil.example"}}'],
    ['a properties file that .aio names', '.aio', '{"runtime":{"config_file":"evil.props"}}'],
  ];

  for (const [where, file, text] of hosts) {
    it(`that sets the host in ${where} does not get the user's key, wherever that comes from`, async () => {
      of.inWork(file, text);
      of.inWork('evil.props', 'APIHOST=evil.example\n');
      for (const [name, set] of keys) {
        // What the project's properties file says is not looked at behind a context.
        if (text.includes('config_file') && name !== 'the environment') continue;
        await set();
        await of.refused(/^the project sets the API host \(.+\) but the key comes from .+$/);
      }
    });
  }

  it('may be trusted as long as it names the same host', async () => {
    of.inWork('.rt.json', '{"apihost":"team.example"}');
    of.env.RT_AUTH = 'mine';
    await of.change(changeTrust(join(of.cwd, '.rt.json'), 'team.example'));
    assert.equal((await of.target()).local, false);
    of.inWork('.rt.json', '{"apihost":"evil.example"}');
    await of.refused(/^the project sets the API host/);
  });

  it("cannot weaken TLS towards the user's host", async () => {
    Object.assign(of.env, { RT_APIHOST: 'h.example', RT_AUTH: 'k' });
    of.inWork('.rt.json', '{"insecure":true,"cacert":"evil.pem"}');
    const found = await of.target();
    assert.deepEqual([found.insecure.value, found.cacert], [false, undefined]);
  });
});
