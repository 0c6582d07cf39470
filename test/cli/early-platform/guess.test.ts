import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mayStartPlatform } from '../../../src/lib/cli/early-platform/guess.js';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/temporary-folder.js';

describe('the guess that a command starts the local platform (P-10)', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  function guess(
    line: string,
    given: { env?: Readonly<Record<string, string>>; platform?: NodeJS.Platform } = {},
  ): boolean {
    const { env = {}, platform = 'linux' } = given;
    const cwd = join(folder.path, 'project', 'below');
    mkdirSync(cwd, { recursive: true });
    const around = { env, home: folder.path, cwd, platform, temporary: folder.path, user: 1 };
    return mayStartPlatform(line.split(' '), around);
  }

  const likely = [
    'action invoke hello --result',
    'action:list',
    'wsk action list',
    'actions ls',
    'invoke hello',
    'url x',
  ];
  for (const line of [...likely, 'list', 'trigger fire t -p a b', 'platform start --port 0', 'local start']) {
    it(`is made for rt ${line}`, () => {
      assert.equal(guess(line), true);
    });
  }

  const unlikely = [
    'action',
    'action list --help',
    'help action list',
    'config list',
    'context list',
    'doctor',
    'version',
  ];
  const elsewhere = [
    'action list --apihost h',
    'action list --auth=u:k',
    'action list -uu:k',
    'action list --context x',
  ];
  const stopped = ['platform status', 'platform start --foreground', 'action list --no-autostart', 'completion bash'];
  for (const line of [...unlikely, ...elsewhere, ...stopped, 'kind list', 'constructor x']) {
    it(`is not made for rt ${line}`, () => {
      assert.equal(guess(line), false);
    });
  }

  const variables = [
    'WHISK_APIHOST',
    'RT_AUTH',
    '__OW_API_KEY',
    'AIO_RUNTIME_APIHOST',
    'RT_CONTEXT',
    'WSK_CONFIG_FILE',
  ];
  for (const name of [...variables, 'RT_NO_AUTOSTART', 'AIO_RUNTIME_CONFIG__FILE']) {
    it(`C-15 is not made when ${name} is set`, () => {
      assert.equal(guess('action list', { env: { [name]: 'x' } }), false);
    });
  }

  const files = ['.wskprops', '.config/aio', '.config/rt/config.json', 'project/.rt.json', 'project/below/.aio'];
  for (const name of [...files, 'project/below/.env']) {
    it(`C-15 is not made when there is ${name}`, () => {
      const path = join(folder.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
      assert.equal(guess('action list'), false);
    });
  }

  it('is not made when a platform runs', () => {
    mkdirSync(join(folder.path, 'home', 'run'), { recursive: true });
    writeFileSync(join(folder.path, 'home', 'run', 'state.json'), '{}');
    assert.equal(guess('action list', { env: { RT_HOME: join(folder.path, 'home') } }), false);
    assert.equal(guess('platform start', { env: { RT_HOME: join(folder.path, 'home') } }), false);
  });

  it('is not made on Windows', () => {
    assert.equal(guess('action list', { platform: 'win32' }), false);
  });

  it('C-15 whatever names another host is no matter for rt platform start', () => {
    assert.equal(guess('platform start', { env: { WHISK_APIHOST: 'h' } }), true);
  });
});
