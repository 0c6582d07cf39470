import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError, UsageError } from '../../src/lib/errors/client-errors.js';
import { AutoStop } from '../../src/lib/platform/auto-stop.js';
import { givenOptions } from '../../src/lib/platform/launcher/given-options.js';
import { shownOptions } from '../../src/lib/platform/launcher/platform-options.js';
import { ensurePrivateFolder } from '../../src/lib/platform/launcher/private-folder.js';
import { platformPaths } from '../../src/lib/platform/platform-paths.js';
import { identify, isAlive } from '../../src/lib/platform/process-identity.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

describe('givenOptions', () => {
  const key = `${'u'.repeat(36)}:${'k'.repeat(64)}`;
  const around = { env: {}, cwd: '/place' };

  it('gives what flags say and nothing else', () => {
    assert.deepEqual(givenOptions({ ephemeral: false }, around), {});
    const flags = {
      port: 0,
      'data-dir': 'data',
      prewarm: ['nodejs:20=2', 'python:3'],
      user: [{ key: 'guest', value: key }],
    };
    assert.deepEqual(givenOptions(flags, around), {
      port: 0,
      dataDir: '/place/data',
      prewarm: [
        { kind: 'nodejs:20', count: 2 },
        { kind: 'python:3', count: 1 },
      ],
      users: [{ name: 'guest', uuid: 'u'.repeat(36), key: 'k'.repeat(64) }],
    });
  });

  it('takes the environment where a flag is missing', () => {
    const env = {
      RT_PLATFORM_PORT: '7',
      RT_PLATFORM_HOST: 'localhost',
      RT_PLATFORM_DRIVER: 'process',
      WSK_RUNTIMES_JSON: '{}',
    };
    assert.deepEqual(givenOptions({ port: 8 }, { ...around, env }), {
      port: 8,
      host: 'localhost',
      driver: 'process',
      runtimes: '{}',
    });
  });

  it('refuses what cannot be meant, without repeating a key', () => {
    const bad: [object, object, RegExp][] = [
      [{}, { RT_PLATFORM_PORT: '70000' }, /RT_PLATFORM_PORT is '70000'/],
      [{}, { RT_PLATFORM_PORT: '1e3' }, /RT_PLATFORM_PORT/],
      [{}, { RT_PLATFORM_DRIVER: 'vm' }, /'vm' for --driver/],
      [{}, { RT_RUNTIMES: '/none/file' }, /'\/none\/file' cannot be read: there is no such file/],
      [{ prewarm: ['nodejs=x'] }, {}, /for --prewarm/],
      [{ user: [{ key: 'a/b', value: key }] }, {}, /--user: 'a\/b'/],
    ];
    for (const [flags, env, text] of bad) {
      assert.throws(
        () => givenOptions(flags, { ...around, env: { ...env } }),
        (error: unknown) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, text);
          return true;
        },
      );
    }
    const secret = { user: [{ key: 'guest', value: 'my-secret' }] };
    assert.throws(
      () => givenOptions(secret, around),
      (error: Error) => !error.message.includes('my-secret'),
    );
  });

  it('shows options without keys (RS-235)', () => {
    const shown = shownOptions(givenOptions({ user: [{ key: 'guest', value: key }], pool: 512 }, around));
    assert.deepEqual(shown, { user: 'guest', pool: '512' });
  });
});

describe('platformPaths', () => {
  const around = { env: {}, home: '/home/me', temporary: '/tmp', platform: 'linux', user: 7, cwd: '/place' } as const;

  it('keeps everything below RT_HOME', () => {
    const paths = platformPaths(around);
    assert.equal(paths.socket, '/home/me/.local/share/rt/run/control.sock');
    assert.equal(paths.data, '/home/me/.local/share/rt/platform');
    assert.equal(platformPaths({ ...around, env: { RT_HOME: 'here' } }).home, '/place/here');
  });

  it('moves only the socket of a long RT_HOME, each to its own folder (RS-248)', () => {
    const long = `/${'x'.repeat(180)}`;
    const one = platformPaths({ ...around, env: { RT_HOME: long, XDG_RUNTIME_DIR: '/run/user/7' } });
    const other = platformPaths({ ...around, env: { RT_HOME: `${long}y` } });
    assert.match(one.socket, /^\/run\/user\/7\/rt-7-[0-9a-f]{16}\/control\.sock$/);
    assert.match(other.socket, /^\/tmp\/rt-7-[0-9a-f]{16}\/control\.sock$/);
    assert.notEqual(one.mark, other.mark);
    const deep = platformPaths({ ...around, temporary: `/${'t'.repeat(100)}`, env: { RT_HOME: long } });
    assert.ok(Buffer.byteLength(deep.socket) <= 100);
  });
});

describe('ensurePrivateFolder (RS-231, RS-249)', () => {
  let folder: TemporaryFolder;
  const user = process.getuid?.();
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  it('makes a folder that only its owner can enter, and tightens one that others can read', () => {
    const path = join(folder.path, 'a', 'b');
    assert.equal(ensurePrivateFolder(path, user), false);
    assert.equal(statSync(path).mode & 0o777, 0o700);
    chmodSync(path, 0o755);
    assert.equal(ensurePrivateFolder(path, user), true);
    assert.equal(statSync(path).mode & 0o777, 0o700);
  });

  it('refuses what others can write to, links, files, and folders of others', () => {
    const open = join(folder.path, 'open');
    mkdirSync(open);
    chmodSync(open, 0o1777);
    const link = join(folder.path, 'link');
    symlinkSync(folder.path, link);
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    for (const path of [open, link, file, join(file, 'below')]) {
      assert.throws(() => ensurePrivateFolder(path, user), PlatformError, path);
    }
    assert.throws(() => ensurePrivateFolder(folder.path, (user ?? 0) + 1), /belongs to another user/);
  });
});

describe('AutoStop', () => {
  it('stops after the time without use, and never while something runs', async () => {
    const clock = new VirtualClock();
    let busy = false;
    let stops = 0;
    const autoStop = new AutoStop({ clock, after: 1000, isBusy: () => busy, stop: () => (stops += 1) });
    await clock.advance(900);
    autoStop.used();
    await clock.advance(900);
    assert.equal(stops, 0);
    busy = true;
    await clock.advance(5000);
    assert.equal(stops, 0);
    busy = false;
    await clock.advance(2000);
    assert.equal(stops, 1);
  });
});

describe('process identity (RS-144)', () => {
  it('is alive only with its own start time', () => {
    const own = identify(process.pid);
    assert.ok(own !== undefined && isAlive(own));
    assert.equal(isAlive({ ...own, startTime: '1' }), false);
    assert.equal(isAlive({ pid: process.pid, startTime: '' }), false);
    assert.equal(identify(2 ** 22 + 1), undefined);
  });
});
