import assert from 'node:assert/strict';
import { ManifestError } from '../../src/lib/errors/manifest-error.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { loadProject, readProject } from '../../src/lib/project/load-project.js';
import { code } from './diagnostic-cases/diagnostic-case.js';
import { formCases } from './diagnostic-cases/form-cases.js';
import { meaningCases } from './diagnostic-cases/meaning-cases.js';
import { finding, loadOptions, ProjectsUnderTest } from './project-under-test.js';

describe('the diagnostics of a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  for (const [title, text, expected] of [...formCases, ...meaningCases]) {
    it(title.startsWith('D-') ? title : `D-28: ${title}`, async () => {
      assert.deepEqual(await projects.findings(text), expected);
    });
  }

  it('D-28: ten faults give ten diagnostics, sorted by file and position, and one error', async () => {
    const text = {
      manifest: `project: {name: x}
packages:
  shop:
    verzion: 1.0.0
    inputs: {stage: $STAGE}
    actions:
      a: {function: a.js, runtime: nodejs:99}
      b: {function: b.js}
      c: {code: x}
      d: {function: a.js, limits: {timeout: 5s}, web: maybe}
    sequences:
      s: {actions: "a, zzz"}
    rules:
      r: {trigger: never, action: a}
`,
      deployment: 'packages: {shop: {actions: {e: {inputs: {x: 1}}}}}\n',
      files: code,
    };
    const places = [
      '1:29 unknown-in-deployment',
      '4:5 unknown-key',
      '5:21 missing-variable',
      '7:36 unknown-kind',
      '8:21 file-not-found',
      '9:7 code-needs-runtime',
      '10:45 wrong-type',
      '10:55 bad-value',
      '12:20 unknown-action',
      '14:20 unknown-trigger',
    ];
    const folder = await projects.folder(text);
    const raised = await loadProject(loadOptions(folder.path, text)).catch((error: unknown) => error);
    assert.ok(raised instanceof ManifestError);
    assert.deepEqual(
      raised.diagnostics.map((found) => finding(found).split(' ').toSpliced(1, 1).slice(0, 2).join(' ')),
      places,
    );
    assert.equal(raised.exitStatus, 2);
    assert.equal(raised.message.split('\n').length, 10);
    assert.match(
      raised.message,
      /^manifest\.yaml:4:5 packages\.shop\.verzion: unknown key 'verzion' in package 'shop'$/m,
    );
  });

  it('D-29: a diagnostic has its end, its path and the place that it is related to', async () => {
    const { diagnostics } = await projects.read({ manifest: 'packages:\n  p: {version: 1.0.0}\n  p: {}\n' });
    assert.deepEqual(diagnostics, [
      {
        severity: 'error',
        code: 'duplicate-key',
        message: "the key 'p' stands here twice",
        file: 'manifest.yaml',
        line: 3,
        column: 3,
        endLine: 3,
        endColumn: 4,
        path: 'packages.p',
        related: [{ file: 'manifest.yaml', line: 2, column: 3, message: 'first written here' }],
      },
    ]);
  });

  it('D-28: warnings keep no project from being read, and are told', async () => {
    const folder = await projects.folder({ manifest: 'packages: {p: {public: true}}\n' });
    const told: string[] = [];
    const state = await loadProject({
      ...loadOptions(folder.path, {}),
      onDiagnostic: (diagnostic) => told.push(diagnostic.code),
    });
    assert.equal(state.packages.size, 1);
    assert.deepEqual(told, ['public-package']);
  });

  it('RS-203: aliases that grow without limit, and nesting without end, are refused', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      const above = `*a${String(level - 1)}`;
      lines.push(`a${String(level)}: &a${String(level)} [${Array(10).fill(above).join(', ')}]`);
    }
    const bomb = await projects.findings({ manifest: `${lines.join('\n')}\n` });
    assert.ok(
      bomb.some((line) => line.includes('yaml-syntax aliases make this file too large')),
      bomb[0],
    );
    const deep = await projects.findings({ manifest: `packages: ${'['.repeat(300)}${']'.repeat(300)}\n` });
    assert.ok(
      deep.some((line) => line.includes('yaml-syntax values are nested too deeply')),
      deep[0],
    );
  });

  it('D-28: reports a project that is not there as a usage error', async () => {
    const folder = await projects.folder({});
    await assert.rejects(readProject(loadOptions(folder.path, {})), UsageError);
  });
});
