import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { followLog, readLog } from '../../src/lib/platform/launcher/log-reader.js';
import { PlatformLog } from '../../src/lib/platform/platform-log.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

describe('PlatformLog', () => {
  let folder: TemporaryFolder;
  let path: string;
  const clock = new VirtualClock(Date.UTC(2026, 0, 1, 10));
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'platform.log');
  });
  afterEach(() => {
    folder.dispose();
  });

  it('writes one private line per message, with control characters escaped (RS-206, RS-231)', () => {
    new PlatformLog({ path, level: 'info', clock }).warn('invoker', 'two\nlines \u001b[31m');
    assert.equal(readFileSync(path, 'utf8'), '2026-01-01T10:00:00.000Z warn invoker two\\nlines \\x1b[31m\n');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('drops what is below its level, and gives the cause of errors', () => {
    const log = new PlatformLog({ path, level: 'warn', clock });
    log.debug('a', 'no');
    log.info('a', 'no');
    log.error('a', 'failed', new Error('outer', { cause: new Error('inner') }));
    const [line, ...others] = readFileSync(path, 'utf8').trimEnd().split('\n');
    assert.deepEqual(others, []);
    assert.match(line ?? '', /error a failed: Error: outer.*cause: Error: inner/);
  });

  it('keeps two files of limited size', () => {
    const log = new PlatformLog({ path, level: 'info', clock, rotateAt: 500 });
    for (let index = 0; index < 100; index += 1) log.info('a', `message ${String(index)}`);
    assert.ok(statSync(path).size < 600 && statSync(`${path}.1`).size < 600);
    assert.ok(!existsSync(`${path}.2`));
    assert.equal(readLog(path, { tail: 1 })[0]?.message, 'message 99');
  });

  it('does not fail when nothing can be written', () => {
    new PlatformLog({ path: join(folder.path, 'missing', 'log'), level: 'info', clock }).info('a', 'lost');
  });

  it('is read by tail, time and part', () => {
    const log = new PlatformLog({ path, level: 'info', clock });
    log.info('invoker', 'first');
    log.info('controller', 'second');
    const texts = (query: object): string[] => readLog(path, query).map(({ message }) => message);
    assert.deepEqual(texts({}), ['first', 'second']);
    assert.deepEqual(texts({ tail: 1 }), ['second']);
    assert.deepEqual(texts({ component: 'invoker' }), ['first']);
    assert.deepEqual(texts({ since: clock.now() + 1 }), []);
    assert.deepEqual(readLog(join(folder.path, 'none'), {}), []);
  });

  it('is followed through a rotation', async () => {
    const log = new PlatformLog({ path, level: 'info', clock, rotateAt: 200 });
    log.info('a', 'before');
    const controller = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { message } of followLog(path, {}, controller.signal)) {
        seen.push(message);
        if (seen.length === 1) for (let index = 0; index < 6; index += 1) log.info('a', 'x'.repeat(60));
        if (message === 'last') controller.abort();
        else if (seen.length > 1 && seen.length < 4) log.info('a', 'last');
      }
    })();
    log.info('a', 'after');
    await following;
    assert.ok(!seen.includes('before'));
    assert.ok(seen.includes('last'));
  });
});
