import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ConfiguredHome } from '../helpers/configured-home.js';
import { runRt, type RunOptions, type RunResult } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';

const auth = '23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP';
const passwordLogin = 'POST /api/v1/web/whisk-system/nuv/login';

describe('rt login and logout', () => {
  let of: ConfiguredHome;
  let host: StubHost;
  let name: string;

  beforeEach(async () => {
    of = new ConfiguredHome();
    host = await StubHost.start();
    name = `127.0.0.1-${String(host.port)}`;
  });

  afterEach(async () => {
    of.dispose();
    await host.close();
  });

  function rt(words: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return runRt(words, { home: of.path, cwd: of.cwd, ...options, env: { RT_RETRIES: '0', ...options.env } });
  }

  function contexts(): Record<string, Record<string, unknown>> {
    const { contexts: found } = JSON.parse(readFileSync(of.configFile, 'utf8')) as {
      contexts: Record<string, Record<string, unknown>>;
    };
    return found;
  }

  it('tries a key and stores the connection as the context in use', async () => {
    host.expect('GET /api/v1/namespaces', { body: ['guest'] });
    const result = await rt(['login', host.url, '--auth', '-', '--namespace', 'n'], { stdin: `${auth}\n` });
    assert.deepEqual(
      [result.stdout, result.stderr, result.status],
      [`ok: logged in to ${host.url}, namespace guest\nok: using context ${name}\n`, '', 0],
    );
    assert.deepEqual(contexts()[name], { apihost: host.url, auth, namespace: 'n' });
    assert.equal((await rt(['property', 'get', '--apihost', '-o', 'raw'])).stdout, `${host.url}\n`);
  });

  it('stores nothing when the key is not accepted, unless it is not to be tried', async () => {
    host.expect('GET /api/v1/namespaces', { status: 401, body: { error: 'no', code: 'x' } });
    const refused = await rt(['login', host.url, '-u', auth]);
    assert.equal(refused.status, 145);
    assert.throws(() => contexts());
    const stored = await rt(['login', host.url, '-u', auth, '--no-verify', '--context', 'ci']);
    assert.equal(stored.stdout, `ok: stored the key for ${host.url}\nok: using context ci\n`);
    assert.deepEqual(Object.keys(contexts()), ['ci']);
  });

  it('exchanges a password for a key, from a variable, standard input or a hidden prompt', async () => {
    const questions: string[] = [];
    const ways: readonly RunOptions[] = [
      { env: { RT_PASSWORD: 'swordfish' } },
      { env: { OPS_PASSWORD: 'swordfish' } },
      { stdin: 'swordfish\n' },
      {
        columns: 80,
        typed: (question) => {
          questions.push(question);
          return 'swordfish';
        },
      },
    ];
    for (const way of ways) {
      host
        .expect(passwordLogin, { body: { AUTH: auth, OTHER: 1 } })
        .expect('GET /api/v1/namespaces', { body: ['devel'] });
      const result = await rt(['login', host.url, 'devel', '-v'], way);
      assert.equal(result.status, 0, result.stderr);
      assert.equal(contexts()[name]?.auth, auth);
      assert.ok(!result.stderr.includes('swordfish'), result.stderr);
      const [exchange] = host.requests.splice(0);
      assert.deepEqual(JSON.parse(exchange?.body ?? ''), { login: 'devel', password: 'swordfish' });
      assert.equal(exchange?.headers.authorization, undefined);
    }
    assert.deepEqual(questions, ['Password of devel:']);
  });

  it('takes host and user from OPS_APIHOST and OPS_USER, else asks for the host, and takes a key where a password is asked for', async () => {
    host.expect(passwordLogin, { status: 401, body: { error: 'wrong' } });
    const env = { OPS_APIHOST: host.url, OPS_USER: 'me', RT_PASSWORD: 'x' };
    const wrong = await rt(['login'], { env });
    assert.equal(wrong.status, 145);
    assert.match(wrong.stderr, /^error: Unable to log in as me: wrong\nhint: check the user and the password\n$/);
    const questions: string[] = [];
    host.expect('GET /api/v1/namespaces', { body: ['guest'] });
    const typed = (question: string): string => {
      questions.push(question);
      return question === 'API host:' ? host.url : auth;
    };
    assert.equal((await rt(['login'], { columns: 80, typed })).status, 0);
    assert.deepEqual(questions, ['API host:', 'Key, or password of nuvolaris:']);
  });

  it('fails where nobody can be asked, and for a host without such logins', async () => {
    const nobody = await rt(['login', host.url]);
    assert.equal(nobody.status, 2);
    assert.match(nobody.stderr, /^error: a key or a password is needed \(there is no terminal to ask on\)\nhint: /);
    host.expect(passwordLogin, { status: 404, body: { error: 'not here' } });
    const without = await rt(['login', host.url], { env: { RT_PASSWORD: 'x' } });
    assert.equal(without.status, 148);
    assert.match(without.stderr, /hint: this host has no login by password; give the key with --auth\n$/);
  });

  it('RS-228 never takes the host of a project', async () => {
    of.inWork('.rt.json', `{"apihost":"${host.url}"}`);
    const result = await rt(['login', '--auth', auth]);
    assert.equal(result.stderr, 'error: --apihost is needed (there is no terminal to ask on)\n');
  });

  it('forgets keys on logout; hosts stay', async () => {
    await of.store('a', { apihost: 'a.test', auth }, true);
    await of.store('b', { apihost: 'b.test', auth });
    of.write(of.inHome('.wskprops'), `APIHOST=w\nAUTH=${auth}\n`);
    assert.equal((await rt(['logout'])).stdout, 'ok: forgot the key of context a\n');
    assert.deepEqual(contexts(), { a: { apihost: 'a.test' }, b: { apihost: 'b.test', auth } });
    const without = await rt(['action', 'list']);
    assert.equal(
      without.stderr,
      'error: an API host is configured (from context a) but no authorization key\nhint: rt login a.test --context a\n',
    );
    await rt(['logout', '--all', '--force']);
    assert.deepEqual(contexts().b, { apihost: 'b.test' });
    await rt(['logout', 'wskprops']);
    assert.equal(readFileSync(of.inHome('.wskprops'), 'utf8'), 'APIHOST=w\n');
    assert.match((await rt(['logout', 'local'])).stderr, /^error: the key of the local platform is not stored here\n/);
    assert.equal((await rt(['logout', 'c'])).status, 2);
  });

  it('C-72 property set changes the selected context and says so; otherwise it tells what goes before the file', async () => {
    await of.store('ci', { apihost: 'a.test', auth }, true);
    const changed = await rt([
      'property',
      'set',
      '--context',
      'ci',
      '--apihost',
      'https://b.test/',
      '--cert',
      'c.pem',
      '--key',
      'k.pem',
    ]);
    assert.equal(changed.stderr, 'note: the context ci was changed, not the properties file\n');
    assert.deepEqual(contexts().ci, {
      auth,
      cert: `${of.cwd}/c.pem`,
      key: `${of.cwd}/k.pem`,
      apihost: 'https://b.test',
    });
    await rt(['property', 'unset', '--cert', '--key'], { env: { RT_CONTEXT: 'ci' } });
    assert.deepEqual(Object.keys(contexts().ci ?? {}), ['auth', 'apihost']);
    const beside = await rt(['property', 'set', '--apiversion', 'v1']);
    assert.equal(beside.stderr, `note: the context ci is in use and goes before ${of.inHome('.wskprops')}\n`);
    assert.equal((await rt(['property', 'set', '--context', 'local', '--apiversion', 'v1'])).status, 2);
  });
});
