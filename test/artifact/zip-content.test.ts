import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { treeHash, zipMode, type ZipSource } from '../../src/lib/artifact/zip-content.js';
import { FolderWithFiles } from '../helpers/folder-with-files.js';

describe('what a zip holds', () => {
  let folder: FolderWithFiles;
  let sources: readonly ZipSource[];

  before(async () => {
    folder = await FolderWithFiles.create({ a: 'one', b: 'two' });
    sources = [
      { path: 'a.js', file: folder.at('a'), size: 3, executable: false },
      { path: 'lib/b', file: folder.at('b'), size: 3, executable: true },
      { path: 'link', file: folder.at('none'), size: 1, executable: false, target: 'a.js' },
    ];
  });

  after(() => folder.remove());

  it('D-34: has one of three modes', () => {
    assert.deepEqual(
      sources.map((source) => zipMode(source).toString(8)),
      ['100644', '100755', '120777'],
    );
  });

  it('D-35: is identified by names, modes, sizes and contents', async () => {
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
    const list = [
      ['a.js', '100644', '3', digest('one')],
      ['lib/b', '100755', '3', digest('two')],
      ['link', '120777', '4', digest('a.js')],
    ].map((members) => `${members.join('\0')}\n`);
    assert.equal(await treeHash(sources), `sha256:${digest(list.join(''))}`);
  });
});
