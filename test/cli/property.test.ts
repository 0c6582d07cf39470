import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRt } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';

const auth = '23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP';

describe('rt property', () => {
  let home: string;
  let file: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'rt-property-'));
    file = join(home, '.wskprops');
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  it("C-72 sets values with wsk's words and a file only its owner can read", async () => {
    const result = await runRt(
      ['property', 'set', '--apihost', 'https://h.example/', '--auth', auth, '--apiversion', 'v1'],
      { home },
    );
    assert.equal(
      result.stdout,
      "ok: whisk auth set. Run 'rt property get --auth' to see the new value.\n" +
        'ok: whisk API host set to https://h.example/\nok: whisk API version set to v1\n',
    );
    assert.equal(result.status, 0);
    assert.equal(await readFile(file, 'utf8'), `AUTH=${auth}\nAPIHOST=https://h.example\nAPIVERSION=v1\n`);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('C-19 keeps comments, unknown keys and order, and tightens a looser mode with a note', async () => {
    await writeFile(file, '# mine\r\nOTHER=1\nAUTH = old # gone\nAPIHOST=h\n', { mode: 0o644 });
    const result = await runRt(['property', 'set', '-u', auth], { home });
    assert.equal(await readFile(file, 'utf8'), `# mine\r\nOTHER=1\nAUTH=${auth}\nAPIHOST=h\n`);
    assert.match(result.stderr, /^note: .*readable only for its owner\n$/);
  });

  it('reads the key from stdin with --auth -', async () => {
    await runRt(['property', 'set', '--auth', '-'], { home, stdin: `${auth}\n` });
    assert.equal(await readFile(file, 'utf8'), `AUTH=${auth}\n`);
  });

  it('refuses to set nothing, an empty value and a host that is none', async () => {
    const nothing = await runRt(['property', 'set'], { home });
    assert.equal(nothing.status, 2);
    assert.match(nothing.stderr, /^error: nothing to set; give --apihost, --auth/);
    assert.equal((await runRt(['property', 'set', '--apihost='], { home })).status, 2);
    const bad = await runRt(['property', 'set', '--apihost', 'ftp://x y'], { home });
    assert.equal(bad.status, 2);
    assert.match(bad.stderr, /'ftp:\/\/x y'.*is not a valid API host/);
  });

  it('unsets values and names the default', async () => {
    await writeFile(file, `AUTH=${auth}\nAPIVERSION=v2\nX=1\n`);
    const result = await runRt(['property', 'unset', '--auth', '--apiversion'], { home });
    assert.equal(
      result.stdout,
      'ok: whisk auth unset; there is no default value that can be used.\n' +
        'ok: whisk API version unset; the default value of v1 will be used.\n',
    );
    assert.equal(await readFile(file, 'utf8'), 'X=1\n');
  });

  it('shows single values in full and without any call', async () => {
    await writeFile(file, `AUTH=${auth}\nAPIHOST=h.example\n`);
    assert.equal((await runRt(['property', 'get', '--auth'], { home })).stdout, `whisk auth\t\t${auth}\n`);
    assert.equal(
      (await runRt(['property', 'get', '--apihost', '--auth', '-o', 'raw'], { home })).stdout,
      `${auth}\nh.example\n`,
    );
    assert.equal(
      (await runRt(['property', 'get', '--cliversion', '--json'], { home })).stdout,
      '{"cliversion":"0.0.0-test"}\n',
    );
  });

  it('C-17 shows where values come from and masks the key', async () => {
    await writeFile(file, `AUTH=${auth}\nAPIHOST=http://127.0.0.1:9\n`);
    const result = await runRt(['property', 'get', '--show-source', '--all'], {
      home,
      env: { WHISK_AUTH: auth, RT_RETRIES: '0' },
    });
    assert.match(result.stdout, /^auth {8}23bc…:\*\*\*\* {2}WHISK_AUTH$/m);
    assert.match(result.stdout, /^apihost {5}http:\/\/127.0.0.1:9 {2}~\/\.wskprops$/m);
    assert.match(result.stdout, /^apibuild {4}Unknown/m);
    assert.equal(result.status, 0);
  });

  it('C-72 asks the host for its build, and fails only when the build was asked for by name', async () => {
    const host = await StubHost.start();
    host.expect('GET /api/v1', { body: { build: '2021-01-01', buildno: '7' } });
    const env = { RT_APIHOST: host.url, RT_AUTH: auth, RT_RETRIES: '0' };
    const good = await runRt(['property', 'get', '--apibuild', '--apibuildno'], { home, env });
    assert.equal(good.stdout, 'whisk API build\t\t2021-01-01\nwhisk API build number\t7\n');
    await host.close();
    const bad = await runRt(['property', 'get', '--apibuild'], { home, env });
    assert.equal(bad.stdout, 'whisk API build\t\tUnknown\n');
    assert.equal(bad.status, 3);
  });
});
