import assert from 'node:assert/strict';
import { mkdtemp, lstat, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unpackArchive } from '../../src/lib/containers/process/archive/archive.js';
import { ArchiveError } from '../../src/lib/containers/process/archive/archive-error.js';
import type { ArchiveEntry } from '../../src/lib/containers/process/archive/archive-entry.js';
import { planUnpacking } from '../../src/lib/containers/process/archive/unpack-plan.js';
import { linkMode, rawTarGz, rawZip, type RawEntry } from '../helpers/raw-archives.js';

const megabyte = 1024 * 1024;

const hostile: Readonly<Record<string, readonly RawEntry[]>> = {
  'a name with ..': [{ name: '../evil' }],
  'a name with .. in the middle': [{ name: 'a/../../evil' }],
  'an absolute name': [{ name: '/tmp/evil' }],
  'a drive letter': [{ name: 'C:/evil' }],
  'a backslash': [{ name: '..\\evil' }],
  'a NUL': [{ name: 'evil\0.js' }],
  'a device name': [{ name: 'lib/NUL.txt' }],
  'an empty name': [{ name: '' }],
  'a link to outside': [{ name: 'link', mode: linkMode, content: '../outside' }],
  'an absolute link': [{ name: 'link', mode: linkMode, content: '/etc/passwd' }],
  'a link that leaves through another link': [
    { name: 'x/y/up', mode: linkMode, content: '../..' },
    { name: 'out', mode: linkMode, content: 'x/y/up/..' },
  ],
  'links in a circle': [
    { name: 'a', mode: linkMode, content: 'b' },
    { name: 'b', mode: linkMode, content: 'a' },
  ],
  'writing through a link': [{ name: 'dir', mode: linkMode, content: 'other' }, { name: 'dir/evil' }],
  'a folder that is a file': [{ name: 'dir' }, { name: 'dir/evil' }],
  'the same name twice': [{ name: 'a' }, { name: 'a' }],
  'the same name in another spelling': [{ name: 'a//b' }, { name: './a/b' }],
  'names that differ in case only': [{ name: 'Read' }, { name: 'read' }],
  'a device': [{ name: 'dev', mode: 0o020666 }],
  'a FIFO': [{ name: 'fifo', mode: 0o010666 }],
  'an encrypted file': [{ name: 'a', flags: 0x801 }],
  'an unknown method': [{ name: 'a', content: 'x', method: 99 }],
};

const hostileTar: Readonly<Record<string, readonly RawEntry[]>> = {
  'a name with ..': [{ name: '../evil' }],
  'an absolute name': [{ name: '/tmp/evil' }],
  'a hard link': [{ name: 'a' }, { name: 'b', type: '1', target: 'a' }],
  'a link to outside': [{ name: 'link', type: '2', target: '../outside' }],
  'a character device': [{ name: 'dev', type: '3' }],
  'a FIFO': [{ name: 'fifo', type: '6' }],
  'a long name with .. in an extension': [
    { name: 'pax', type: 'x', content: '20 path=../../evil1\n' },
    { name: 'harmless' },
  ],
};

describe('unpackArchive', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rt-archive-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function assertRefused(bytes: Buffer, reason: 'broken' | 'refused'): Promise<ArchiveError> {
    const error: unknown = await unpackArchive(bytes, folder).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ArchiveError, String(error));
    assert.equal(error.reason, reason, error.message);
    return error;
  }

  for (const [what, entries] of Object.entries(hostile)) {
    it(`refuses a zip with ${what} before anything is written (RS-221)`, async () => {
      await assertRefused(rawZip([{ name: 'first.js', content: 'ok' }, ...entries]), 'refused');
      if (!what.includes('encrypted') && !what.includes('method')) assert.deepEqual(await readdir(folder), []);
    });
  }

  for (const [what, entries] of Object.entries(hostileTar)) {
    it(`refuses a tar with ${what} before anything is written (RS-221)`, async () => {
      await assertRefused(rawTarGz([{ name: 'first.js', content: 'ok' }, ...entries]), 'refused');
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it('names the entry that would leave the folder', async () => {
    const { message } = await assertRefused(rawZip([{ name: 'a/../../evil' }]), 'refused');
    assert.equal(message, 'archive entry "a/../../evil" would be written outside the folder');
  });

  it('writes contents, modes and links inside the folder', async () => {
    const entries = [
      { name: 'bin/' },
      { name: 'bin/tool', content: '#!/bin/sh', mode: 0o100755 },
      { name: './lib/data', content: 'ä' },
      { name: 'lib/link', mode: linkMode, content: '../bin/tool' },
      { name: 'empty' },
    ];
    await unpackArchive(rawZip(entries), folder);
    assert.equal((await lstat(join(folder, 'bin/tool'))).mode & 0o700, 0o700);
    assert.equal((await lstat(join(folder, 'lib/data'))).mode & 0o100, 0);
    assert.equal(await readFile(join(folder, 'lib/data'), 'utf8'), 'ä');
    assert.equal(await readlink(join(folder, 'lib/link')), '../bin/tool');
    assert.equal(await readFile(join(folder, 'lib/link'), 'utf8'), '#!/bin/sh');
    assert.equal((await lstat(join(folder, 'empty'))).size, 0);
  });

  it('unpacks a tar.gz with long names, links and modes', async () => {
    const long = `${'d'.repeat(60)}/${'f'.repeat(80)}`;
    const record = ` path=${long}\n`;
    const entries = [
      { name: './', type: '5' },
      { name: './bin', type: '5' },
      { name: './bin/tool', content: 'x', mode: 0o755 },
      { name: 'pax', type: 'x', content: `${String(record.length + 3)}${record}` },
      { name: 'short', content: 'pax' },
      { name: '././@LongLink', type: 'L', content: `gnu/${long}\0` },
      { name: 'short', content: 'gnu' },
      { name: 'link', type: '2', target: 'bin/tool' },
    ];
    await unpackArchive(rawTarGz(entries), folder);
    assert.equal(await readFile(join(folder, long), 'utf8'), 'pax');
    assert.equal(await readFile(join(folder, 'gnu', long), 'utf8'), 'gnu');
    assert.equal(await readFile(join(folder, 'link'), 'utf8'), 'x');
    assert.equal((await lstat(join(folder, 'bin/tool'))).mode & 0o700, 0o700);
  });

  it('accepts a zip without Unix modes', async () => {
    await unpackArchive(rawZip([{ name: 'index.js', content: 'x', mode: 0 }]), folder);
    assert.equal((await lstat(join(folder, 'index.js'))).mode & 0o700, 0o600);
  });

  it('refuses bombs, also when their headers lie (RS-222)', async () => {
    const zeros = Buffer.alloc(60 * megabyte);
    await assertRefused(rawZip([{ name: 'zeros', content: zeros }]), 'refused');
    await assertRefused(rawZip([{ name: 'zeros', content: zeros, size: 100 }]), 'broken');
    await assertRefused(rawTarGz([{ name: 'zeros', content: zeros }]), 'refused');
    await assertRefused(rawZip([{ name: 'zeros', size: 600 * megabyte }]), 'refused');
  });

  it('refuses more than 50,000 entries (RS-222)', async () => {
    const entries = Array.from({ length: 50_001 }, (_, at) => ({ name: `f${String(at)}`, method: 0 }));
    await assertRefused(rawZip(entries), 'refused');
  });

  it('refuses damaged contents: wrong checksum, wrong size, cut off (RS-223)', async () => {
    const zip = rawZip([{ name: 'a', content: 'hello '.repeat(100) }]);
    const tar = rawTarGz([{ name: 'a', content: 'hello '.repeat(1000) }]);
    await assertRefused(rawZip([{ name: 'a', content: 'hello', crc: 1 }]), 'broken');
    await assertRefused(rawZip([{ name: 'a', content: 'hello', size: 4 }]), 'broken');
    await assertRefused(zip.subarray(0, 40), 'broken');
    await assertRefused(zip.subarray(0, zip.length - 30), 'broken');
    await assertRefused(tar.subarray(0, tar.length - 20), 'broken');
  });

  it('neither hangs nor writes outside for any flipped bit (RS-223)', async () => {
    const archives = [
      rawZip([
        { name: 'a/b', content: 'hello' },
        { name: 'c', mode: linkMode, content: 'a' },
      ]),
    ];
    archives.push(
      rawTarGz([
        { name: 'a/b', content: 'hello' },
        { name: 'c', type: '2', target: 'a' },
      ]),
    );
    const flip = fc.asyncProperty(
      fc.constantFrom(...archives),
      fc.nat(),
      fc.nat({ max: 7 }),
      async (bytes, at, bit) => {
        const bent = Buffer.from(bytes);
        bent.writeUInt8(bent.readUInt8(at % bent.length) ^ (1 << bit), at % bent.length);
        const target = await mkdtemp(join(folder, 'case-'));
        await unpackArchive(bent, target).catch((error: unknown) => {
          assert.ok(error instanceof ArchiveError, String(error));
        });
        await rm(target, { recursive: true });
        assert.deepEqual(await readdir(folder), []);
      },
    );
    await fc.assert(flip, { numRuns: 300 });
  });
});

describe('planUnpacking', () => {
  const segment = fc.constantFrom('a', 'b', 'c', 'D', '..', '.', '', 'nul', 'x\\y');
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const entry: fc.Arbitrary<ArchiveEntry> = fc.record({
    name: path,
    type: fc.constantFrom('file' as const, 'folder' as const, 'link' as const),
    mode: fc.constant(undefined),
    target: path,
    read: fc.constant(() => Promise.resolve(Buffer.alloc(0))),
  });

  it('never plans a path or a link that leaves the folder, for any list of entries', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
        let plan;
        try {
          plan = planUnpacking(entries);
        } catch (error) {
          assert.ok(error instanceof ArchiveError);
          return;
        }
        const paths = [...plan.folders, ...[...plan.files, ...plan.links].map((planned) => planned.path)];
        for (const planned of paths) {
          assert.ok(!planned.startsWith('/') && !planned.split('/').includes('..') && planned !== '', planned);
        }
        for (const link of plan.links) assert.ok(!paths.some((other) => other.startsWith(`${link.path}/`)));
      }),
      { numRuns: 2000 },
    );
  });
});
