import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ConfiguredHome } from '../helpers/configured-home.js';
import { runRt, type RunOptions, type RunResult } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';

describe('rt config', () => {
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

  it('sets, shows and unsets settings beside the contexts', async () => {
    await of.store('ci', { apihost: 'h', auth: 'a:b' });
    assert.equal((await rt('config set limit 100')).stdout, 'ok: limit set to 100\n');
    assert.equal((await rt('config get limit')).stdout, '100\n');
    assert.match((await rt('config list')).stdout, /^limit {11}100 {6}entries of a list$/m);
    const document = JSON.parse((await rt('config list --json')).stdout) as Record<string, unknown>;
    assert.deepEqual([document.limit, document.output], ['100', null]);
    assert.equal((await rt('config unset limit')).stdout, 'ok: limit unset\n');
    assert.equal((await rt('config get limit')).stdout, '');
    assert.match(readFileSync(of.configFile, 'utf8'), /"ci"/);
  });

  it('refuses a name or value that cannot be, and lists what can', async () => {
    const name = await rt('config set limt 5');
    assert.equal(name.status, 2);
    assert.equal(
      name.stderr,
      "error: 'limt' is not a setting\n" +
        'hint: did you mean limit? the settings are output, color, autostart, platform.port, platform.driver, name-sort, limit\n',
    );
    const value = await rt('config set color pink');
    assert.equal(value.stderr, "error: Invalid value 'pink' for color: expected auto, always, never\n");
    assert.equal((await rt('config set platform.port 70000')).status, 2);
  });

  it('takes effect where flags and variables say nothing', async () => {
    await rt('config set output json');
    assert.equal((await rt('config get output')).stdout, '{"output":"json"}\n');
    assert.equal((await rt('config get output --output text')).stdout, 'json\n');
    assert.equal((await rt('config get output', { env: { RT_OUTPUT: 'text' } })).stdout, 'json\n');
    await rt('config unset output');
    await rt('config set color always');
    assert.match((await rt('config set color always')).stdout, /^\u001b\[32mok:/);
    assert.match((await rt('config set color never', { env: { NO_COLOR: '1' } })).stdout, /^ok:/);
  });

  it('autostart false keeps the local platform from being started', async () => {
    await rt('config set autostart false');
    const result = await rt('kind list');
    assert.equal(result.status, 2);
    assert.match(result.stderr, /^error: no platform is configured and the local one does not run\n/);
  });

  it('limit and name-sort are for lists only, and give way to flags', async () => {
    await rt('config set limit 7');
    await rt('config set name-sort true');
    const host = await StubHost.start();
    const env = { RT_APIHOST: host.url, RT_AUTH: 'a:b', RT_RETRIES: '0' };
    const list = '/api/v1/namespaces/_/actions';
    for (const [words, query] of [
      ['action list', 'limit=7&skip=0'],
      ['action list --limit 3', 'limit=3&skip=0'],
      ['action list --all', 'limit=200&skip=0'],
    ] as const) {
      host.expect(`GET ${list}?${query}`, { body: [] });
      assert.equal((await rt(words, { env })).status, 0);
    }
    await host.close();
  });

  it('RS-284 tells where the files lie, also when config.json is damaged', async () => {
    of.write(of.configFile, 'x');
    const { stdout } = await rt('config path', { env: { RT_HOME: '/data/rt' } });
    assert.equal(
      stdout,
      `config          ${of.configFile}\nproperties      ${of.inHome('.wskprops')}\nplatform        /data/rt\n`,
    );
    assert.equal((await rt('config list')).status, 2);
  });
});
