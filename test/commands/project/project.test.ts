import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type FileContent, FolderWithFiles } from '../../helpers/folder-with-files.js';
import { compareEntities, type EntitiesDocument } from '../../helpers/compare-entities.js';
import { runRt, type RunOptions, type RunResult } from '../../helpers/run-rt.js';
import expected from '../../fixtures/projects/orders-manifest/expected-entities.json' with { type: 'json' };

const orders = fileURLToPath(new URL('../../fixtures/projects/orders-manifest/', import.meta.url));
const faulty = `packages:
  p:
    actions:
      a:
        function: a.js
        runtimee: nodejs:20
    triggers: {t: {inputs: {on: yes}}}
`;
const code = { 'a.js': 'function main() {}' };

describe('rt project', () => {
  const folders: FolderWithFiles[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await folder.remove();
  });

  /** Runs a command line in a folder with these files; the platform and the network are out of reach. */
  async function run(
    line: string,
    files: Readonly<Record<string, FileContent>> = {},
    options: RunOptions = {},
  ): Promise<RunResult> {
    const folder = await FolderWithFiles.create(files);
    folders.push(folder);
    return runRt(line.split(' '), { cwd: folder.path, ...options });
  }

  it('C-73: validate lists every problem with file, line and path on stdout, and exits with 2', async () => {
    const { status, stdout, stderr } = await run('project validate', { ...code, 'manifest.yaml': faulty });
    assert.equal(
      stdout,
      `error: manifest.yaml:6:9 packages.p.actions.a.runtimee: unknown key 'runtimee' in action 'p/a'
hint: did you mean 'runtime'?
warning: manifest.yaml:7:33 packages.p.triggers.t.inputs.on: 'yes' is read as the boolean true
hint: write true, or 'yes' in quotes for the text
1 error, 1 warning
`,
    );
    assert.deepEqual([status, stderr], [2, '']);
  });

  it('D-29: on a terminal validate shows the line and marks the word', async () => {
    const manifest = faulty.replace('yes', 'true');
    const { stdout } = await run(
      'project validate --no-color',
      { ...code, 'manifest.yaml': manifest },
      { columns: 80 },
    );
    assert.equal(
      stdout,
      `error: manifest.yaml:6:9 packages.p.actions.a.runtimee: unknown key 'runtimee' in action 'p/a'
hint: did you mean 'runtime'?

     5 |         function: a.js
   > 6 |         runtimee: nodejs:20
       |         ^^^^^^^^

1 error, 0 warnings
`,
    );
  });

  it('D-29: --json prints the diagnostics with their places', async () => {
    const { status, stdout } = await run('project validate --json', { ...code, 'manifest.yaml': faulty });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly object[] };
    assert.equal(status, 2);
    assert.deepEqual(diagnostics[0], {
      severity: 'error',
      code: 'unknown-key',
      message: "unknown key 'runtimee' in action 'p/a'",
      file: 'manifest.yaml',
      line: 6,
      column: 9,
      endLine: 6,
      endColumn: 17,
      path: 'packages.p.actions.a.runtimee',
      suggestion: 'runtime',
    });
  });

  it('D-29: --format github prints workflow commands, and --format sarif a SARIF document', async () => {
    const files = { ...code, 'manifest.yaml': faulty };
    const github = await run('project validate --format github', files);
    assert.equal(
      github.stdout,
      `::error file=manifest.yaml,line=6,col=9,endLine=6,endColumn=17,title=unknown-key::unknown key 'runtimee' in action 'p/a' (did you mean 'runtime'?)
::warning file=manifest.yaml,line=7,col=33,endLine=7,endColumn=36,title=yaml-1.1-boolean::'yes' is read as the boolean true (write true, or 'yes' in quotes for the text)
`,
    );
    const { stdout, status } = await run('project validate --format sarif', files);
    const { version, runs } = JSON.parse(stdout) as {
      version: string;
      runs: readonly { results: readonly { ruleId: string; level: string; locations: readonly object[] }[] }[];
    };
    const [first] = runs[0]?.results ?? [];
    assert.deepEqual([status, version, first?.ruleId, first?.level], [2, '2.1.0', 'unknown-key', 'error']);
    assert.deepEqual(first?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'manifest.yaml' },
          region: { startLine: 6, startColumn: 9, endLine: 6, endColumn: 17 },
        },
      },
    ]);
  });

  it('C-73: validate says what a good project has, and --warnings-as-errors refuses warnings', async () => {
    const manifest = 'packages: {p: {public: true, actions: {a: {function: a.js}}}}\n';
    const good = await run('project validate', { ...code, 'manifest.yaml': manifest });
    assert.deepEqual(good, {
      status: 0,
      stdout: `warning: manifest.yaml:1:12 packages.p: everyone can use the package 'p'
ok: the project is valid: 1 package, 1 action, 0 triggers, 0 rules, 0 routes
`,
      stderr: '',
    });
    const strict = await run('project validate --warnings-as-errors', { ...code, 'manifest.yaml': manifest });
    assert.equal(strict.status, 2);
    assert.match(strict.stdout, /\n0 errors, 1 warning\n$/);
  });

  it('D-28: report of a faulty project lists every problem on stderr, and exits with 2', async () => {
    const files = { 'manifest.yaml': faulty };
    const { status, stdout, stderr } = await run('project report', files);
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(
      stderr,
      `error: manifest.yaml:5:19 packages.p.actions.a.function: there is no 'a.js'
error: manifest.yaml:6:9 packages.p.actions.a.runtimee: unknown key 'runtimee' in action 'p/a'
hint: did you mean 'runtime'?
warning: manifest.yaml:7:33 packages.p.triggers.t.inputs.on: 'yes' is read as the boolean true
hint: write true, or 'yes' in quotes for the text
`,
    );
    const json = JSON.parse((await run('project report --json', files)).stdout) as {
      error: { code: string; exitCode: number; diagnostics: readonly { code: string }[] };
    };
    assert.deepEqual([json.error.code, json.error.exitCode], ['usage', 2]);
    assert.deepEqual(
      json.error.diagnostics.map((found) => found.code),
      ['file-not-found', 'unknown-key', 'yaml-1.1-boolean'],
    );
  });

  it('§1.9: report prints the desired state as rt-entities/1, by every name of the command', async () => {
    const env = { ORDERS_STAGE: 'test' };
    const words = [
      `project report ${orders}`,
      `deploy report --project ${orders}`,
      `project report -m ${orders}manifest.yaml -d ${orders}deployment.yaml`,
    ];
    for (const line of words) {
      const { status, stdout } = await run(`${line} --json`, {}, { env });
      assert.equal(status, 0, line);
      assert.deepEqual(compareEntities(expected, JSON.parse(stdout) as EntitiesDocument), [], line);
    }
  });

  it('§1.9: report tells where each value was written, and --hide-values what it came from', async () => {
    const files = {
      ...code,
      'manifest.yaml': 'packages:\n  p:\n    inputs: {s: "${SECRET}", n: 1}\n    actions: {a: {function: a.js}}\n',
      '.env': 'SECRET=hidden\n',
    };
    const { stdout } = await run('project report --param n 2', files);
    assert.equal(
      stdout,
      `package p
  input s  "hidden"  (manifest.yaml:3, $SECRET)
  input n  2  (--param)
action p/a  nodejs:default  18 bytes
`,
    );
    const hidden = await run('project report --hide-values --json', files);
    assert.ok(!hidden.stdout.includes('"hidden"'));
    assert.match(hidden.stdout, /"parameters":\{"s":\{"\$from":"SECRET"\},"n":1\}/);
    assert.equal((await run('project report --output name', files)).stdout, 'p\np/a\n');
  });

  it('D-7: variables come from --param, the environment, .env.MODE and .env; --env-file stands for .env', async () => {
    const files = {
      'manifest.yaml': 'packages: {p: {inputs: {v: "${A} ${B} ${C} ${D}"}}}\n',
      '.env': 'A=env\nB=env\nC=env\nD=env\n',
      '.env.live': 'A=mode\nB=mode\nC=mode\n',
      'own.env.txt': 'A=own\nB=own\nC=own\nD=own\n',
      'values.json': '{"A": "file", "B": 1}',
    };
    const value = async (line: string, env = {}): Promise<unknown> => {
      const { stdout, stderr } = await run(`${line} --json`, files, { env });
      assert.equal(stderr, '');
      return (JSON.parse(stdout) as { packages: { p: { parameters: { v: string } } } }).packages.p.parameters.v;
    };
    assert.equal(await value('project report'), 'env env env env');
    assert.equal(await value('project report --mode live'), 'mode mode mode env');
    assert.equal(await value('project report --mode live --param A param', { B: 'real' }), 'param real mode env');
    assert.equal(await value('project report -P values.json --param A param'), 'param 1 env env');
    assert.equal(await value('project report -E own.env.txt'), 'own own own own');
    assert.equal(await value('project report -E own.env.txt --mode live'), 'mode mode mode own');
  });

  it('D-1: .rt.json names the manifest, --manifest goes before it', async () => {
    const files = {
      '.rt.json': '{"deploy": {"manifest": "deploy/m.yaml"}}',
      'deploy/m.yaml': 'packages: {named: }\n',
      'other.yaml': 'packages: {other: }\n',
    };
    assert.equal((await run('project report --output name', files)).stdout, 'named\n');
    assert.equal((await run('project report --output name -m other.yaml', files)).stdout, 'other\n');
  });

  it('C-73: what is no project is a usage error', async () => {
    const { status, stderr } = await run('project validate');
    assert.equal(status, 2);
    assert.match(stderr, /^error: There is no project in '\.'\nhint: looked for manifest\.yaml/);
    const both = await run('project validate one --project two');
    assert.equal(both.status, 2);
    assert.match(both.stderr, /^error: Cannot use --project together with a folder\n/);
  });
});
