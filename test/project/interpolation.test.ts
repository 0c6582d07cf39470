import assert from 'node:assert/strict';
import { interpolate, LayeredScope } from '../../src/lib/project/variables.js';
import { codeActionOf, ProjectsUnderTest } from './project-under-test.js';

const scope = new LayeredScope([
  {
    source: 'test',
    values: new Map([
      ['A', 'one'],
      ['B', 'two'],
      ['EMPTY', ''],
    ]),
  },
]);

describe('the variables in texts', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  const cases: readonly (readonly [text: string, result: string, missing?: readonly string[]])[] = [
    ['${A}', 'one'],
    ['$A', 'one'],
    ['x-${A}-${B}-y', 'x-one-two-y'],
    ['$A/$B', 'one/$B'],
    ['$A-${B}', 'one-two'],
    ['costs $A', 'costs $A'],
    ['$${A}', '${A}'],
    ['x$${A}${B}', 'x${A}two'],
    ['$', '$'],
    ['${}', '${}'],
    ['$$', '$$'],
    ['$5.00', '$5.00'],
    ['${A', '${A'],
    ['${NONE:-text}', 'text'],
    ['${A:-text}', 'one'],
    ['${EMPTY:-text}', 'text'],
    ['${EMPTY}', ''],
    ['${NONE:-}', ''],
    ['${NONE}-$X', '-$X', ['NONE']],
    ['$NONE', '', ['NONE']],
    ['${A.b}', '', ['A.b']],
  ];

  for (const [text, result, missing = []] of cases) {
    it(`D-5: '${text}' is '${result}'`, () => {
      const { text: is, missing: lacks } = interpolate(text, scope);
      assert.deepEqual({ is, lacks }, { is: result, lacks: missing });
    });
  }

  it('D-6: are replaced in names and values at any depth, not in code, descriptions and licenses', async () => {
    const manifest = `packages:
  $X-pkg:
    version: $V
    license: $V
    description: $none
    actions:
      \${X}-act:
        function: $X.js
        description: costs $5
        main: "\${X}"
        limits: {timeout: $T}
        annotations: {deep: [{er: "\${X}"}], web: $X}
        env: {E: "\${X}/y"}
      code: {code: "\${X}", runtime: $R}
    sequences: {"seq-\${X}": {actions: "\${X}-act, \${X}-pkg/code"}}
    triggers: {"\${X}-t": {feed: "/ns/\${X}/feed"}}
    rules: {"\${X}-r": {trigger: "\${X}-t", action: "\${X}-act"}}
`;
    const env = { X: 'x', V: '1.2', T: '5000', R: 'nodejs:20' };
    const state = await projects.state({ manifest, files: { 'x.js': 'function main() {}' }, env });
    assert.deepEqual(
      [...state.packages],
      [['x-pkg', { publish: false, version: '1.2.0', parameters: {}, annotations: { description: '$none' } }]],
    );
    const action = codeActionOf(state, 'x-pkg/x-act');
    assert.deepEqual(
      { ...action, code: action.code?.source },
      {
        kind: 'nodejs:default',
        main: 'x',
        code: 'x.js',
        parameters: {},
        environment: { E: 'x/y' },
        annotations: { description: 'costs $5', deep: [{ er: 'x' }], web: 'x' },
        limits: { timeout: 5000 },
      },
    );
    assert.equal(await codeActionOf(state, 'x-pkg/code').code?.read(), '${X}');
    const sequence = { sequence: ['/_/x-pkg/x-act', '/_/x-pkg/code'], annotations: {} };
    assert.deepEqual(state.actions.get('x-pkg/seq-x'), sequence);
    assert.deepEqual([...state.triggers.keys(), ...state.rules.keys()], ['x-t', 'x-r']);
    assert.equal(state.triggers.get('x-t')?.feed, '/ns/x/feed');
  });
});
