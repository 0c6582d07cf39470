import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ActivationJournal } from '../../src/lib/database/activation-journal.js';
import type { ActivationWrite } from '../../src/lib/database/journal-frames.js';
import { StoreDamaged } from '../../src/lib/database/store-errors.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { entryOf, openOf } from './activation-store-contract.js';

const writes: readonly ActivationWrite[] = [
  { accept: openOf(1) },
  { put: entryOf(2, { package: 'pack' }) },
  { put: entryOf(3, { record: '{\n  "text": "ä€🙂",\n  "number": 1.0\n}', summary: '{"é":\n1}' }) },
  { accept: { ...openOf(4), template: '{"a b":"\\n"}' } },
];

describe('ActivationJournal', () => {
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'pending');
  });
  afterEach(() => {
    folder.dispose();
  });

  function journalOf(content: readonly ActivationWrite[]): ActivationJournal {
    const journal = new ActivationJournal(path);
    journal.append(content);
    return journal;
  }

  function recovered(): ReturnType<ActivationJournal['recover']> {
    const journal = new ActivationJournal(path);
    const found = journal.recover();
    journal.close();
    return found;
  }

  it('gives back letter for letter what was appended, in one turn or in many', () => {
    const journal = journalOf(writes.slice(0, 1));
    journal.append(writes.slice(1));
    assert.deepEqual(recovered(), { writes, cut: 0 });
    journal.close();
  });

  it('takes a record of megabytes', () => {
    const large = [{ put: entryOf(1, { record: JSON.stringify('ä'.repeat(2_000_000)) }) }, ...writes];
    journalOf(large).close();
    assert.deepEqual(recovered().writes, large);
  });

  it('makes no file before the first write, a private one then, and leaves none when nothing waits (RS-145, RS-231)', () => {
    const journal = new ActivationJournal(path);
    assert.deepEqual(journal.recover(), { writes: [], cut: 0 });
    journal.clear();
    assert.equal(existsSync(path), false);
    journal.append(writes);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    journal.clear();
    assert.equal(statSync(path).size, 0);
    journal.close();
    assert.equal(existsSync(path), false);
  });

  it('cuts off an unfinished frame wherever it was torn, and keeps those before it (RS-102)', () => {
    journalOf(writes).close();
    const whole = readFileSync(path);
    const ends: number[] = [];
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length));
      const found = recovered();
      assert.deepEqual(found.writes, writes.slice(0, found.writes.length));
      if (found.cut === 0) ends.push(length);
      assert.equal(existsSync(path) ? statSync(path).size : 0, length - found.cut);
    }
    assert.equal(ends.length, writes.length + 1);
    assert.equal(ends.at(-1), whole.length);
  });

  it('cuts off what was never written to the disk: zeros, at the end or within a frame', () => {
    journalOf(writes).close();
    const whole = readFileSync(path);
    appendFileSync(path, Buffer.alloc(5000));
    assert.deepEqual(recovered(), { writes, cut: 5000 });
    writeFileSync(path, Buffer.from(whole).fill(0, whole.length - 5, whole.length - 2));
    assert.deepEqual(recovered().writes, writes.slice(0, -1));
  });

  it('goes on behind what was recovered', () => {
    journalOf(writes).close();
    truncateSync(path, statSync(path).size - 3);
    const journal = new ActivationJournal(path);
    journal.recover();
    journal.append([{ put: entryOf(9) }]);
    assert.deepEqual(recovered(), { writes: [...writes.slice(0, -1), { put: entryOf(9) }], cut: 0 });
    journal.close();
  });

  it('is the old or the new one whenever a rewrite is interrupted, and goes on behind the new one', () => {
    const journal = journalOf(writes);
    writeFileSync(`${path}-new`, 'half');
    assert.deepEqual(recovered(), { writes, cut: 0 });
    assert.equal(existsSync(`${path}-new`), false);
    journal.rewrite(writes.slice(0, 1));
    journal.append(writes.slice(2));
    assert.deepEqual(recovered().writes, [...writes.slice(0, 1), ...writes.slice(2)]);
    journal.close();
    assert.deepEqual(readdirSync(folder.path), ['pending']);
  });

  describe('with activations that share a template', () => {
    const template = JSON.stringify({ annotations: ['ä'.repeat(300)] });
    const open = (index: number): ActivationWrite => ({ accept: { ...openOf(index), template } });

    it('says the template once, and gives back each of them (P-28)', () => {
      const all = Array.from({ length: 50 }, (_, index) => open(index));
      const journal = journalOf(all.slice(0, 20));
      journal.append(all.slice(20));
      assert.ok(journal.size < Buffer.byteLength(template) + 50 * 100, `${String(journal.size)} bytes`);
      assert.deepEqual(recovered(), { writes: all, cut: 0 });
      journal.close();
    });

    it('tells those apart that differ in package, name or namespace only', () => {
      const others = [{ package: 'pack' }, { name: 'other' }, { namespace: 'other' }, {}];
      const all = [open(1), ...others.map((given, at) => ({ accept: { ...openOf(at), template, ...given } })), open(2)];
      journalOf(all).close();
      assert.deepEqual(recovered().writes, all);
    });

    it('says it again in an emptied, a rewritten and a taken over journal', () => {
      const journal = journalOf([open(1), open(2)]);
      journal.clear();
      journal.append([open(3)]);
      journal.rewrite([open(4), open(5)]);
      journal.append([open(6)]);
      journal.close();
      const next = new ActivationJournal(path);
      next.recover();
      next.append([{ accept: { ...openOf(7), template: '{"other":1}' } }, open(8), open(9)]);
      next.close();
      const other = { accept: { ...openOf(7), template: '{"other":1}' } };
      assert.deepEqual(recovered().writes, [open(4), open(5), open(6), other, open(8), open(9)]);
    });

    it('keeps thousands of templates apart', () => {
      const all = Array.from({ length: 2_500 }, (_, index) => ({
        accept: { ...openOf(index), template: JSON.stringify({ index: index % 1_700 }) },
      }));
      const journal = new ActivationJournal(path);
      for (let from = 0; from < all.length; from += 7) journal.append(all.slice(from, from + 7));
      journal.close();
      assert.deepEqual(recovered().writes, all);
    });
  });

  it('refuses a folder in its place (RS-123)', () => {
    mkdirSync(path);
    assert.throws(() => {
      new ActivationJournal(path).examine();
    }, StoreDamaged);
  });
});
