import assert from 'node:assert/strict';
import { ExactNumber, type JsonValue, stringifyJson } from '../../src/lib/entity/json.js';
import { actionManifest, codeActionOf, finding, ProjectsUnderTest, type ProjectText } from './project-under-test.js';

const files = { 'a.js': 'function main() {}' };

describe('the inputs of a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  async function inputsOf(lines: string, text: ProjectText = {}): Promise<Readonly<Record<string, JsonValue>>> {
    const manifest = actionManifest(`function: a.js\ninputs:\n${lines.replaceAll(/^/gm, '  ')}`);
    return codeActionOf(await projects.state({ manifest, files, ...text }), 'p/a').parameters;
  }

  it('§1.1.3: are values, the empty values of types, or the long form', async () => {
    const inputs = await inputsOf(
      `
text: hello
number: 0.5
list: [1, two]
map: {value: 1, more: 2}
none:
string: string
integer: integer
float: float
boolean: boolean
json: json
long: {type: integer, value: 5, description: five}
preset: {default: x}
both: {value: z, default: x}
typed: {type: float}
empty: {}
`.trim(),
    );
    assert.deepEqual(inputs, {
      text: 'hello',
      number: 0.5,
      list: [1, 'two'],
      map: { value: 1, more: 2 },
      none: '',
      string: '',
      integer: 0,
      float: 0,
      boolean: false,
      json: {},
      long: 5,
      preset: 'x',
      both: 'z',
      typed: 0,
      empty: '',
    });
  });

  it('§1.1.3: texts become values of their type', async () => {
    const inputs = await inputsOf(
      `
i: {type: integer, value: $N}
f: {type: float, value: "\${N}.5"}
b: {type: boolean, value: $B}
j: {type: json, value: '{"n": "\${N}"}'}
m: {type: json, value: {n: $N}}
s: {type: string, value: $N}
`.trim(),
      { env: { N: '12', B: 'True' } },
    );
    assert.deepEqual(inputs, {
      i: 12,
      f: 12.5,
      b: true,
      j: { n: '12' },
      m: { n: '12' },
      s: '12',
    });
  });

  it('C-24: numbers keep their digits', async () => {
    const inputs = await inputsOf('big: 12345678901234567890\nhex: 0x10\nlist: [1.50]');
    assert.ok(inputs['big'] instanceof ExactNumber);
    assert.equal(stringifyJson(inputs), '{"big":12345678901234567890,"hex":16,"list":[1.50]}');
  });

  it('D-17: words of YAML 1.1 are booleans, quoted ones and keys are text', async () => {
    const inputs = await inputsOf('a: yes\nb: Off\nn: {y: N, z: "no"}\nyEs: yEs\n"on": 017');
    assert.deepEqual(inputs, { a: true, b: false, n: { y: false, z: 'no' }, yEs: 'yEs', on: 15 });
  });

  it('§1.1.3: --param goes before the deployment file and that before the manifest, by name wherever it occurs', async () => {
    const manifest = `packages:
  p:
    inputs: {n: 1, m: 1}
    actions:
      a:
        function: a.js
        inputs: {n: 1, m: {type: integer, value: 1}, k: 1, url: "x/$n", t: "\${m}"}
    triggers: {t: {inputs: {n: 1, m: 1}}}
`;
    const deployment = 'packages: {p: {inputs: {m: 2, extra: e}, actions: {a: {inputs: {m: "2", n: 2}}}}}\n';
    const state = await projects.state({ manifest, deployment, files, parameters: { n: 3 } });
    assert.deepEqual(state.packages.get('p'), {
      publish: false,
      parameters: { n: 3, m: 2, extra: 'e' },
      annotations: {},
    });
    assert.deepEqual(codeActionOf(state, 'p/a').parameters, { n: 3, m: 2, k: 1, url: 'x/$n', t: '2' });
    assert.deepEqual(state.triggers.get('t')?.parameters, { n: 3, m: 1 });
  });

  it('§1.1.3: an empty package input takes the variable of its own name', async () => {
    const manifest = 'packages: {p: {inputs: {REGION: , STAGE: "", none: }}}\n';
    const state = await projects.state({ manifest, env: { REGION: 'eu' } });
    assert.deepEqual(state.packages.get('p')?.parameters, { REGION: 'eu', STAGE: '', none: '' });
  });

  it('D-9: inputs of packages have the same forms as those of actions', async () => {
    const manifest = 'packages: {p: {inputs: {n: {type: integer}, y: 1}}}\n';
    assert.deepEqual((await projects.state({ manifest })).packages.get('p')?.parameters, { n: 0, y: 1 });
  });

  it('D-7: variables come from --param, environment, files, package inputs and project inputs, in this order', async () => {
    const manifest = `project:
  inputs: {A: project, B: project, C: project, D: project, E: project}
  packages:
    p:
      inputs: {A: package, B: package, C: package, D: package}
      actions: {a: {function: a.js, inputs: {all: "\${A} \${B} \${C} \${D} \${E}"}}}
`;
    const layer = (source: string, ...names: readonly string[]): { source: string; values: Map<string, string> } => ({
      source,
      values: new Map(names.map((name) => [name, source])),
    });
    const state = await projects.state({
      manifest,
      files,
      parameters: { A: 'param' },
      options: { variables: [layer('environment', 'A', 'B'), layer('file', 'A', 'B', 'C')] },
    });
    assert.equal(codeActionOf(state, 'p/a').parameters['all'], 'param environment file package project');
  });

  it('D-7: an input that is made of itself means the variable outside', async () => {
    const manifest = 'packages: {p: {inputs: {A: "${A}/x", B: $C, C: $B}}}\n';
    const { diagnostics } = await projects.read({ manifest, env: { A: 'a' } });
    assert.deepEqual(diagnostics.map(finding), ["1:48 error missing-variable the variable 'B' is not set [A]"]);
    const state = await projects.state({ manifest: 'packages: {p: {inputs: {A: "${A}/x"}}}\n', env: { A: 'a' } });
    assert.deepEqual(state.packages.get('p')?.parameters, { A: 'a/x' });
  });

  it('D-8: --allow-unset makes unset variables empty, with a warning', async () => {
    const manifest = actionManifest('function: a.js\ninputs: {db: $DB_URL, n: {type: integer, value: $N}}');
    const { diagnostics, state } = await projects.read({ manifest, files, options: { allowUnset: true } });
    assert.deepEqual(
      diagnostics.map(({ severity, code }) => `${severity} ${code}`),
      ['warning missing-variable', 'warning missing-variable'],
    );
    assert.ok(state !== undefined);
    assert.deepEqual(codeActionOf(state, 'p/a').parameters, { db: '', n: 0 });
  });

  it('names such as __proto__ are data', async () => {
    const inputs = await inputsOf('__proto__: {x: 1}\nconstructor: 2');
    assert.deepEqual(Object.keys(inputs), ['__proto__', 'constructor']);
  });
});
