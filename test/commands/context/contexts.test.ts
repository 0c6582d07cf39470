import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ConfiguredHome } from '../../helpers/configured-home.js';
import { runRt, type RunOptions, type RunResult } from '../../helpers/run-rt.js';

const auth = '23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP';

describe('rt context', () => {
  let of: ConfiguredHome;

  beforeEach(() => {
    of = new ConfiguredHome();
  });

  afterEach(() => {
    of.dispose();
  });

  function rt(line: string, options: RunOptions = {}): Promise<RunResult> {
    return runRt(line.split(' '), { home: of.path, cwd: of.cwd, ...options });
  }

  function stored(): Record<string, unknown> {
    return JSON.parse(readFileSync(of.configFile, 'utf8')) as Record<string, unknown>;
  }

  it('stores a connection in a file that only its owner can read, with absolute paths', async () => {
    const added = await rt('context add ci --apihost h.example/ --auth - --cacert ca.pem -i --namespace n', {
      stdin: `${auth}\n`,
    });
    assert.deepEqual([added.stdout, added.stderr, added.status], ['ok: added context ci (h.example)\n', '', 0]);
    assert.deepEqual(stored(), {
      version: 1,
      contexts: {
        ci: { apihost: 'h.example', auth, namespace: 'n', cacert: `${of.cwd}/ca.pem`, insecure: true },
      },
    });
    assert.equal(statSync(of.configFile).mode & 0o777, 0o600);
    assert.equal(statSync(of.inHome('.config', 'rt')).mode & 0o777, 0o700);
  });

  it('RS-163 loses none of many that are added at the same time', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `c${String(at)}`);
    const runs = names.map((name) => rt(`context add ${name} --apihost h.example --auth a:b`));
    for (const { status, stderr } of await Promise.all(runs)) assert.equal(status, 0, stderr);
    assert.deepEqual(Object.keys(stored().contexts as object).sort(), names.sort());
  });

  it('RS-273 keeps members that it does not know, and RS-231 tightens the file with a note', async () => {
    of.write(of.configFile, '{"version":1,"future":{"a":1},"contexts":{"x":{"apihost":"h","later":true}}}');
    chmodSync(of.configFile, 0o644);
    const added = await rt('context add y --apihost h --auth a:b');
    assert.match(added.stderr, /^note: .*config\.json is now readable only for its owner\n$/);
    const { future, contexts } = stored();
    assert.deepEqual([future, (contexts as Record<string, unknown>).x], [{ a: 1 }, { apihost: 'h', later: true }]);
  });

  it('asks for what is missing, the key without showing it, and fails where nobody can be asked', async () => {
    const questions: string[] = [];
    const added = await rt('context add ci', {
      columns: 80,
      typed: (question) => {
        questions.push(question);
        return question === 'API host:' ? 'h.example' : auth;
      },
    });
    assert.equal(added.status, 0, added.stderr);
    assert.deepEqual(questions, ['API host:', 'Authorization key:']);
    assert.deepEqual(stored().contexts, { ci: { apihost: 'h.example', auth } });
    const alone = await rt('context add other --apihost h.example');
    assert.deepEqual([alone.status, alone.stderr], [2, 'error: --auth is needed (there is no terminal to ask on)\n']);
  });

  it('RS-254 asks before it stores a key for a host that gets it unencrypted', async () => {
    const refused = await rt('context add ci --apihost http://h.example --auth a:b');
    assert.equal(refused.status, 2);
    assert.match(
      refused.stderr,
      /^error: this would send the key unencrypted to http:\/\/h\.example; confirm with --yes/,
    );
    assert.equal((await rt('context add ci --apihost http://h.example --auth a:b --yes')).status, 0);
    assert.equal((await rt('context add here --apihost http://127.0.0.1:1 --auth a:b')).status, 0);
  });

  it('refuses names that cannot be, that are built in or taken, and half a certificate', async () => {
    await of.store('ci', { apihost: 'h', auth: 'a:b' });
    const table: readonly (readonly [string, RegExp])[] = [
      ['add local', /^error: the context 'local' is built in\n/],
      ['add __proto__', /^error: '__proto__' is not a valid name for a context\n/],
      ['add -- -', /^error: '-' is not a valid name/],
      ['add ci', /^error: there is a context 'ci' already\nhint: rt context remove ci/],
      ['add x --cert c.pem', /^error: The Key file is not configured\. Please configure the missing Key file\.\n/],
    ];
    for (const [line, message] of table) {
      const words = line.startsWith('add -- ') ? `add --apihost h --auth a:b -- -` : `${line} --apihost h --auth a:b`;
      const { status, stderr } = await rt(`context ${words}`);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });

  it('lists the built-in and the stored ones with a star at the one in use', async () => {
    of.write(of.inHome('.wskprops'), `APIHOST=w.example\nAUTH=${auth}\n`);
    await of.store('ci', { apihost: 'h.example', auth, namespace: 'n' });
    const listed = await rt('ctx ls');
    assert.equal(
      listed.stdout,
      '  Name     Host      Namespace Source\n' +
        '  local    -         _         built in\n' +
        '* wskprops w.example _         ~/.wskprops\n' +
        '  ci       h.example n         ~/.config/rt/config.json\n',
    );
    assert.equal((await rt('context list --output name')).stdout, 'local\nwskprops\nci\n');
    const document = JSON.parse((await rt('context list --json')).stdout) as { name: string; current: boolean }[];
    assert.deepEqual(
      document.map(({ name, current }) => [name, current]),
      [
        ['local', false],
        ['wskprops', true],
        ['ci', false],
      ],
    );
    assert.ok(!listed.stdout.includes('123zO3'));
  });

  it('uses one from now on, and - goes back', async () => {
    await of.store('ci', { apihost: 'h.example', auth });
    assert.equal((await rt('context use ci')).stdout, 'ok: using context ci\n');
    assert.equal((await rt('property get --apihost')).stdout, 'whisk API host\t\th.example\n');
    assert.equal((await rt('context use local')).stdout, 'ok: using context local\n');
    assert.equal((await rt('context use -')).stdout, 'ok: using context ci\n');
    const overridden = await rt('context use ci', { env: { WHISK_AUTH: 'x' } });
    assert.equal(overridden.stderr, 'note: WHISK_AUTH goes before the context\n');
    const unknown = await rt('context use cj');
    assert.deepEqual(
      [unknown.status, unknown.stderr],
      [2, "error: there is no context 'cj'\nhint: did you mean ci?\n"],
    );
  });

  it('shows one with its key masked unless it is asked for', async () => {
    await of.store('ci', { apihost: 'h.example', auth }, true);
    const shown = await rt('context show');
    assert.equal(
      shown.stdout,
      'name          ci (current)\napihost       h.example\nauth          23bc…:****\nsource        ~/.config/rt/config.json\n',
    );
    const full = JSON.parse((await rt('context show ci --show-secrets --json')).stdout) as Record<string, unknown>;
    assert.equal(full.auth, auth);
    const stray = await rt('context show', { env: { WHISK_APIHOST: 'x', WHISK_AUTH: 'y', RT_CONTEXT: 'wskprops' } });
    assert.match(stray.stdout, /^name {10}wskprops \(current\)$/m);
  });

  it('renames and removes one, the current one only after a question', async () => {
    await of.store('ci', { apihost: 'h', auth }, true);
    assert.equal((await rt('context rename ci build')).stdout, 'ok: renamed context ci to build\n');
    assert.equal(stored().current, 'build');
    const asked = await rt('context remove build');
    assert.equal(asked.status, 2);
    assert.match(asked.stderr, /^error: this would remove the context build, which is in use; confirm with --force/);
    assert.equal((await rt('context rm build --force')).stdout, 'ok: removed context build\n');
    assert.deepEqual(stored(), { version: 1, contexts: {} });
    assert.match((await rt('context remove local')).stderr, /the context 'local' is built in/);
  });

  it('exports one for a shell, a properties file or another machine, and imports it again', async () => {
    const values = { apihost: 'h.example', auth: "a:it's", namespace: 'n', insecure: 'true' } as const;
    await of.store('ci', values);
    assert.equal(
      (await rt('context export ci')).stdout,
      "export RT_APIHOST='h.example'\nexport RT_AUTH='a:it'\\''s'\nexport RT_NAMESPACE='n'\nexport RT_INSECURE='true'\n",
    );
    for (const format of ['wskprops', 'json']) {
      const { stdout } = await rt(`context export ci --format ${format}`);
      const path = of.inWork(`ci.${format}`, stdout);
      const imported = await rt(`context import ${path} --name from-${format}`);
      assert.equal(imported.stdout, `ok: added context from-${format} (h.example)\n`);
      const contexts = stored().contexts as Record<string, Record<string, unknown>>;
      assert.deepEqual(contexts[`from-${format}`], contexts.ci);
    }
    const { stdout } = await rt('context export ci --format json');
    await rt('context remove ci');
    assert.equal((await rt('context import -', { stdin: stdout })).stdout, 'ok: added context ci (h.example)\n');
  });

  it('imports the properties file of the user under the name of its host', async () => {
    of.write(of.inHome('.wskprops'), 'APIHOST=https://h.example:444/\nAUTH=a:b\n');
    const imported = await rt('context import');
    assert.equal(imported.stdout, 'ok: added context h.example-444 (https://h.example:444)\n');
    assert.match((await rt('context import nofile')).stderr, /^error: File 'nofile' is not a valid file/);
    of.inWork('broken.json', '{"apihost":}');
    assert.match((await rt('context import broken.json')).stderr, /broken\.json is not valid JSON: line 1, column 12/);
  });

  it('asks before it shows a key on a terminal', async () => {
    await of.store('ci', { apihost: 'h', auth });
    const questions: string[] = [];
    const answer = (question: string): boolean => {
      questions.push(question);
      return false;
    };
    const exported = await rt('context export ci', { columns: 80, answer });
    assert.deepEqual([exported.status, exported.stdout], [1, '']);
    assert.deepEqual(questions, ['This would show the key of ci on the screen. Go on?']);
  });

  it('RS-228 trusts a project that sets the host, and no more with --revoke', async () => {
    const file = of.inWork('.rt.json', '{"apihost":"http://127.0.0.1:1"}');
    const env = { WHISK_AUTH: auth, RT_RETRIES: '0' };
    const refused = await rt('action list', { env });
    assert.equal(refused.status, 2);
    assert.equal(
      refused.stderr,
      `error: the project sets the API host (${file}) but the key comes from WHISK_AUTH\n` +
        'hint: select a connection with --context, give the key with --auth, or say rt context trust if you trust the project\n',
    );
    assert.equal((await rt('context trust')).stdout, `ok: trusting http://127.0.0.1:1 in ${file}\n`);
    assert.equal((await rt('action list', { env })).status, 3);
    assert.equal((await rt('context trust --revoke')).stdout, `ok: no longer trusting ${file}\n`);
    assert.equal((await rt('action list', { env })).status, 2);
    writeFileSync(file, '{}');
    assert.match((await rt('context trust')).stderr, /^error: no file of this project sets the API host\n/);
  });

  it('RS-164 leaves a damaged config.json alone and names the place', async () => {
    of.write(of.configFile, '{"contexts":');
    for (const line of ['context add x --apihost h --auth a:b', 'context list', 'context use local', 'action list']) {
      const { status, stderr } = await rt(line);
      assert.equal(status, 2);
      assert.match(stderr, /^error: .*config\.json is not valid JSON: line 1, column 13 \(unexpected end\)\nhint: /);
    }
    assert.equal(readFileSync(of.configFile, 'utf8'), '{"contexts":');
    assert.equal((await rt('action list --apihost http://127.0.0.1:1 --auth a:b --retries 0')).status, 3);
    assert.equal((await rt('--version')).status, 0);
  });
});
