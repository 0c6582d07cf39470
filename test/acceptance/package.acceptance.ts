import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of the package; a change of this list is deliberate (RS-265). */
const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
  'README.md',
  'SECURITY.md',
  'bin/code-cache.cjs',
  'bin/platform.cjs',
  'bin/run.cjs',
  'dist/LICENCES.txt',
  'dist/commands-action.cjs',
  'dist/commands-activation.cjs',
  'dist/commands-api.cjs',
  'dist/commands-context.cjs',
  'dist/commands-doctor.cjs',
  'dist/commands-kind.cjs',
  'dist/commands-namespace.cjs',
  'dist/commands-package.cjs',
  'dist/commands-platform.cjs',
  'dist/commands-project.cjs',
  'dist/commands-property.cjs',
  'dist/commands-rule.cjs',
  'dist/commands-trigger.cjs',
  'dist/complete.cjs',
  'dist/conf.cjs',
  'dist/dockerode.cjs',
  'dist/early-platform.cjs',
  'dist/fastify.cjs',
  'dist/got.cjs',
  'dist/http-proxy-agent.cjs',
  'dist/https-proxy-agent.cjs',
  'dist/ignore.cjs',
  'dist/inquirer.cjs',
  'dist/launchers/deno/launcher.mjs',
  'dist/launchers/go/launcher.go.txt',
  'dist/launchers/image-loop.cjs',
  'dist/launchers/image-proxy.cjs',
  'dist/launchers/image-start.sh',
  'dist/launchers/java/RtLauncher.java',
  'dist/launchers/nodejs-errors.cjs',
  'dist/launchers/nodejs-flags.cjs',
  'dist/launchers/nodejs-http.cjs',
  'dist/launchers/nodejs-load.cjs',
  'dist/launchers/nodejs-loop/launcher.cjs',
  'dist/launchers/nodejs.cjs',
  'dist/launchers/perl/launcher.pl',
  'dist/launchers/php/launcher.php',
  'dist/launchers/python.py',
  'dist/launchers/ruby/launcher.rb',
  'dist/launchers/rust/launcher.rs',
  'dist/ora.cjs',
  'dist/platform.cjs',
  'dist/rt.cjs',
  'dist/system-packages/alarms/feed.cjs',
  'dist/system-packages/samples/curl.cjs',
  'dist/system-packages/samples/greeting.cjs',
  'dist/system-packages/samples/hello-world.cjs',
  'dist/system-packages/samples/word-count.cjs',
  'dist/system-packages/utils/cat.cjs',
  'dist/system-packages/utils/date.cjs',
  'dist/system-packages/utils/echo.cjs',
  'dist/system-packages/utils/head.cjs',
  'dist/system-packages/utils/hosturl.cjs',
  'dist/system-packages/utils/namespace.cjs',
  'dist/system-packages/utils/smash.cjs',
  'dist/system-packages/utils/sort.cjs',
  'dist/system-packages/utils/split.cjs',
  'dist/yaml.cjs',
  'dist/yauzl.cjs',
  'dist/yazl.cjs',
  'oclif.manifest.json',
  'package.json',
];

async function run(
  program: string,
  words: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, words, { ...options, timeout: 120_000, maxBuffer: 2 ** 26 });
  return stdout;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

describe('the packed program', function () {
  this.timeout(180_000);

  let home: string;
  let work: string;
  let prefix: string;
  let unpacked: string;
  let env: NodeJS.ProcessEnv;

  async function rt(...words: string[]): Promise<string> {
    return await run(join(prefix, 'bin/rt'), words, { cwd: work, env });
  }

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'rt-package-'));
    work = join(home, 'empty');
    prefix = join(home, 'prefix');
    unpacked = join(prefix, 'lib/node_modules/openwhisk-rt');
    await mkdir(work);
    await mkdir(prefix);
    const { PATH = '', npm_config_cache: cache = join(homedir(), '.npm') } = process.env;
    env = {
      PATH,
      HOME: home,
      RT_HOME: join(home, 'rt'),
      RT_PLATFORM_PORT: '0',
      RT_PLATFORM_DRIVER: 'process',
      npm_config_cache: cache,
    };
    const npm = { npm_config_prefix: prefix, npm_config_update_notifier: 'false', npm_config_fund: 'false' };
    const npmEnv = { ...process.env, ...npm, NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] ?? '' };
    const packed = await run('npm', ['pack', '--json', '--pack-destination', home], { cwd: ROOT, env: npmEnv });
    const [{ filename = '' } = {}] = JSON.parse(packed) as { filename?: string }[];
    const install = ['install', '--global', '--ignore-scripts', '--no-audit', '--prefer-offline', join(home, filename)];
    await run('npm', install, { cwd: work, env: npmEnv });
  });

  after(async () => {
    await rt('platform', 'stop', '--force').catch(() => undefined);
    await rm(home, { recursive: true, force: true });
  });

  it('contains exactly the listed files (RS-265)', async () => {
    const own = (await filesBelow(unpacked)).filter((path) => !path.startsWith('node_modules/'));
    assert.deepEqual(own, CONTENTS);
  });

  it('contains the manifest of every command (C-80, RS-267)', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(unpacked, 'oclif.manifest.json'), 'utf8'));
    assert.ok(typeof manifest === 'object' && manifest !== null && 'commands' in manifest);
    const ids = Object.keys(manifest.commands ?? {});
    const files = (await filesBelow(join(ROOT, 'src/commands'))).map((path) =>
      path.replace(/\.ts$/u, '').replaceAll('/', ':'),
    );
    assert.deepEqual(ids.sort(), files.sort());
  });

  it('names no folder of the machine that built it and no key (RS-265)', async () => {
    const secrets = [ROOT.replace(/\/$/u, ''), 'sourceMappingURL=data:', 'sourcesContent'];
    // A key or a certificate, not a text about them.
    const pem = /-----BEGIN [A-Z0-9 ]+-----(?:\\n|\s)+[A-Za-z0-9+/]{16}/u;
    if (dirname(homedir()) !== '/') secrets.push(homedir());
    for (const path of CONTENTS) {
      const text = await readFile(join(unpacked, path), 'utf8');
      for (const secret of secrets) assert.ok(!text.includes(secret), `${path} contains ${secret}`);
      assert.doesNotMatch(text, pem, path);
    }
  });

  it('has no script that runs at its installation, nor has any dependency (RS-262)', async () => {
    const manifests = (await filesBelow(unpacked)).filter((path) =>
      /^(|.*node_modules\/(@[^/]+\/)?[^/]+\/)package\.json$/u.test(path),
    );
    assert.ok(manifests.length > 5, 'dependencies are installed');
    for (const path of manifests) {
      const parsed: unknown = JSON.parse(await readFile(join(unpacked, path), 'utf8'));
      assert.ok(typeof parsed === 'object' && parsed !== null);
      const scripts =
        'scripts' in parsed && typeof parsed.scripts === 'object' ? Object.keys(parsed.scripts ?? {}) : [];
      const atInstall = scripts.filter((name) => ['preinstall', 'install', 'postinstall'].includes(name));
      assert.deepEqual(atInstall, [], path);
    }
  });

  it('stays below 60 MB when installed (P-06)', async () => {
    const sizes = await Promise.all(
      (await filesBelow(unpacked)).map(async (path) => (await readFile(join(unpacked, path))).length),
    );
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 60e6);
  });

  it('answers --version', async () => {
    assert.match(await rt('--version'), /^rt\/\d+\.\d+\.\d+ \S+ node-v\d+/u);
  });

  it('loads no plugin from the working folder (RS-267)', async () => {
    const plugin = join(work, 'node_modules/oclif-plugin-planted');
    await mkdir(plugin, { recursive: true });
    const listing = await rt('--help');
    assert.doesNotMatch(listing, /planted/u);
    await rm(join(work, 'node_modules'), { recursive: true });
  });

  it('creates and invokes an action in an empty folder with nothing configured', async () => {
    await copyFile(join(ROOT, 'test/fixtures/samples/hello.js'), join(work, 'hello.js'));
    assert.match(await rt('action', 'create', 'hello', 'hello.js'), /ok: created action hello/u);
    const result = await rt('action', 'invoke', 'hello', '--result', '-p', 'name', 'Bob');
    assert.equal(result, '{\n    "greeting": "Hello, Bob!"\n}\n');
    assert.match(await rt('activation', 'logs', '--last', '--strip'), /greeting Bob/u);
  });

  it('lets an action require the openwhisk client library', async () => {
    await copyFile(join(ROOT, 'test/fixtures/samples/client.js'), join(work, 'client.js'));
    await rt('action', 'create', 'client', 'client.js');
    assert.deepEqual(JSON.parse(await rt('action', 'invoke', 'client', '--result')), { actions: 'object' });
  });

  it('leaves nothing running when the platform is stopped, and nothing installed after npm uninstall', async () => {
    await rt('platform', 'stop');
    await assert.rejects(access(join(home, 'rt/run/state.json')));
    await run('npm', ['uninstall', '--global', 'openwhisk-rt'], {
      cwd: work,
      env: { ...process.env, npm_config_prefix: prefix },
    });
    assert.deepEqual(await filesBelow(join(prefix, 'lib')), []);
    await assert.rejects(access(join(prefix, 'bin/rt')));
  });
});
