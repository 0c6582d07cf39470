import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, readdir } from 'node:fs/promises';
import { readProject } from '../../src/lib/project/load-project.js';
import { codeActionOf, loadOptions, ProjectsUnderTest } from './project-under-test.js';

const manifestOf = (...actions: readonly string[]): string =>
  `packages:\n  default:\n    actions:\n${actions.map((action) => `      ${action}\n`).join('')}`;

describe('the code of actions in a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  async function filesOf(action: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const state = await projects.state({ manifest: manifestOf(`a: {${action}}`), files });
    return codeActionOf(state, 'a').code?.files ?? [];
  }

  const tree = {
    'src/index.js': 'x',
    'src/lib/a.js': 'x',
    'src/lib/b.txt': 'x',
    'src/test/t.js': 'x',
    'common/one.js': '1',
    'common/two.js': '2',
    'common/deep/three.js': '3',
    'common/deep/note.md': 'x',
  };

  it('tells the kind by extension and by the content of folders', async () => {
    const extensions: Readonly<Record<string, string>> = {
      ...{ js: 'nodejs', mjs: 'nodejs', cjs: 'nodejs', py: 'python', php: 'php', go: 'go', rb: 'ruby', rs: 'rust' },
      ...{ swift: 'swift', cs: 'dotnet' },
    };
    const words = Object.keys(extensions);
    const folders = { node: 'package.json', index: 'index.js', py: '__main__.py', php: 'index.php', go: 'main.go' };
    const state = await projects.state({
      manifest: manifestOf(
        ...words.map((word) => `f-${word}: {function: a.${word}}`),
        ...Object.keys(folders).map((name) => `d-${name}: {function: d-${name}}`),
        'jar: {function: a.jar, main: Main}',
        'upper: {function: A.PY}',
      ),
      files: {
        ...Object.fromEntries(words.map((word) => [`a.${word}`, 'code'])),
        ...Object.fromEntries(Object.entries(folders).map(([name, file]) => [`d-${name}/${file}`, '{}'])),
        'a.jar': 'PK',
        'A.PY': 'code',
      },
    });
    for (const [word, family] of Object.entries(extensions)) {
      assert.equal(codeActionOf(state, `f-${word}`).kind, `${family}:default`);
    }
    const kinds = Object.keys(folders).map((name) => codeActionOf(state, `d-${name}`).kind);
    const expected = ['nodejs', 'nodejs', 'python', 'php', 'go'].map((family) => `${family}:default`);
    assert.deepEqual(kinds, expected);
    assert.equal(codeActionOf(state, 'jar').kind, 'java:default');
    assert.equal(codeActionOf(state, 'upper').kind, 'python:default');
  });

  it('sends stated kinds as they are written, a family as its default, images as blackbox', async () => {
    const state = await projects.state({
      manifest: manifestOf(
        'exact: {function: a.js, runtime: nodejs:18}',
        'family: {function: a.js, runtime: nodejs}',
        'default: {function: a.js, runtime: nodejs:default}',
        'image: {docker: me/image:1}',
        'both: {function: a.sh, docker: me/image:1}',
        'native: {function: a.sh, native: true}',
        'deno: {function: a.ts, runtime: deno:default}',
      ),
      files: { 'a.js': 'x', 'a.sh': '#!/bin/sh', 'a.ts': 'x' },
    });
    const facts = [...state.actions.keys()].map((key) => {
      const { kind, image, code } = codeActionOf(state, key);
      return [key, kind, image, code?.source];
    });
    assert.deepEqual(facts, [
      ['exact', 'nodejs:18', undefined, 'a.js'],
      ['family', 'nodejs:default', undefined, 'a.js'],
      ['default', 'nodejs:default', undefined, 'a.js'],
      ['image', 'blackbox', 'me/image:1', undefined],
      ['both', 'blackbox', 'me/image:1', 'a.sh'],
      ['native', 'blackbox', 'openwhisk/dockerskeleton', 'a.sh'],
      ['deno', 'deno:default', undefined, 'a.ts'],
    ]);
  });

  it('--strict sends unknown kinds unchecked', async () => {
    const manifest = manifestOf('a: {function: a.js, runtime: nodejs:99}');
    const state = await projects.state({ manifest, files: { 'a.js': 'x' }, options: { strict: true } });
    assert.equal(codeActionOf(state, 'a').kind, 'nodejs:99');
  });

  it('sends text byte for byte, archives and programs as base64', async () => {
    const bytes = Buffer.from([0x50, 0x4b, 3, 4, 0, 255]);
    const state = await projects.state({
      manifest: manifestOf('text: {function: a.js}', 'zip: {function: a.zip, runtime: nodejs:20}'),
      files: { 'a.js': '\ufeffx\r\n', 'a.zip': bytes },
    });
    const [text, zip] = [codeActionOf(state, 'text').code, codeActionOf(state, 'zip').code];
    assert.deepEqual([text?.binary, text?.size, await text?.read()], [false, 6, '\ufeffx\r\n']);
    assert.deepEqual([zip?.binary, zip?.size, await zip?.read()], [true, 6, bytes.toString('base64')]);
    assert.equal(zip?.digest, `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  const cases: readonly (readonly [title: string, action: string, files: readonly string[]])[] = [
    ['a folder has all its files', '', ['index.js', 'lib/a.js', 'lib/b.txt', 'test/t.js']],
    ['exclude names folders and files', 'exclude: [src/test, ./src/lib/b.txt]', ['index.js', 'lib/a.js']],
    ['exclude takes globs', 'exclude: ["src/**/*.txt", "src/t*"]', ['index.js', 'lib/a.js']],
    [
      'include keeps the source path without a destination',
      'exclude: [src/lib, src/test], include: [[common/one.js]]',
      ['common/one.js', 'index.js'],
    ],
    [
      'include gives a file another name or folder',
      'exclude: [src/lib, src/test], include: [[common/one.js, x/y.js], [common/two.js, z/]]',
      ['index.js', 'x/y.js', 'z/two.js'],
    ],
    [
      'include takes a folder with all below it',
      'exclude: [src/lib, src/test], include: [[common, c]]',
      ['c/deep/note.md', 'c/deep/three.js', 'c/one.js', 'c/two.js', 'index.js'],
    ],
    [
      'a star in the destination keeps what the glob matched',
      'exclude: [src/lib, src/test], include: [["common/*.js", "lib/*.cjs"]]',
      ['index.js', 'lib/one.cjs', 'lib/two.cjs'],
    ],
    [
      'a glob goes into a folder',
      'exclude: [src/lib, src/test], include: [["common/**/*.js", out/]]',
      ['index.js', 'out/one.js', 'out/three.js', 'out/two.js'],
    ],
    [
      'include beats exclude',
      'exclude: [src/lib, src/test], include: [[src/lib/a.js, lib/a.js]]',
      ['index.js', 'lib/a.js'],
    ],
  ];

  for (const [title, keys, expected] of cases) {
    it(`§1.1.2: ${title}`, async () => {
      assert.deepEqual(await filesOf(`function: src${keys === '' ? '' : `, ${keys}`}`, tree), expected);
    });
  }

  it('§1.1.2: nothing is put outside of the zip', async () => {
    const manifest = manifestOf(
      'a: {function: src, include: [[common/one.js, ../one.js], [common/two.js, x/../../y]]}',
    );
    assert.deepEqual(await projects.findings({ manifest, files: tree }), [
      "4:64 error bad-value 'x/../../y' would lie outside of the zip",
    ]);
  });

  it('D-2: tells code that lies outside of the project', async () => {
    const folder = await projects.folder({
      files: {
        'shop/manifest.yaml': manifestOf('a: {function: ../a.js}', 'b: {function: b.js}'),
        'shop/b.js': 'x',
        'a.js': 'x',
      },
    });
    const { state } = await readProject({ ...loadOptions(folder.path, {}), folder: 'shop' });
    assert.ok(state !== undefined);
    assert.deepEqual(
      ['a', 'b'].map((key) => [codeActionOf(state, key).code?.source, codeActionOf(state, key).code?.outside]),
      [
        ['../a.js', true],
        ['b.js', undefined],
      ],
    );
  });

  it('D-35: the digest of a folder follows names, modes and contents only', async () => {
    const manifest = manifestOf('a: {function: src}');
    const files = { 'src/index.js': 'x', 'src/run.sh': 'y' };
    const digest = async (folder: string): Promise<string | undefined> => {
      const { state } = await readProject(loadOptions(folder, {}));
      assert.ok(state !== undefined);
      return codeActionOf(state, 'a').code?.digest;
    };
    const first = await projects.folder({ manifest, files });
    const second = await projects.folder({ manifest, files });
    const digests = [await digest(first.path), await digest(second.path)];
    await chmod(second.at('src/run.sh'), 0o755);
    digests.push(await digest(second.path));
    await second.write('src/index.js', 'z');
    digests.push(await digest(second.path));
    assert.equal(digests[0], digests[1]);
    assert.equal(new Set(digests).size, 3);
  });

  it('D-36: writes nothing into the project', async () => {
    const folder = await projects.folder({
      manifest: manifestOf('a: {function: src, include: [[common/one.js]]}'),
      files: tree,
    });
    const before = await filesBelow(folder.path);
    await readProject(loadOptions(folder.path, {}));
    assert.deepEqual(await filesBelow(folder.path), before);
  });

  it('D-37: links that lead outside of a folder are refused', async () => {
    const manifest = manifestOf('a: {function: src}');
    const files = { 'src/index.js': 'x', 'src/out.js': { link: '../../other.js' } };
    assert.deepEqual(await projects.findings({ manifest, files }), [
      "4:21 error build-failed The link 'out.js' leads outside of the folder, to '../../other.js'",
    ]);
  });
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}
