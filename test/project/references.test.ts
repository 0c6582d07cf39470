import assert from 'node:assert/strict';
import { actionManifest, codeActionOf, ProjectsUnderTest } from './project-under-test.js';

const files = { 'a.js': 'function main() {}' };

describe('the names in a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  it('§1.1.5: components are of the same package, of another package, or of another namespace', async () => {
    const manifest = `${actionManifest('function: a.js')}    dependencies: {mail: {location: /ns/mail}}
    sequences:
      all: {actions: "a, q/b, /whisk.system/utils/echo, ns/q/c, mail/send, /_/top, one"}
      one: {actions: a}
  q: {actions: {b: {function: a.js}}}
  Default:
    actions: {top: {function: a.js}}
    sequences: {flow: {actions: "top,p/a"}}
`;
    const state = await projects.state({ manifest, files });
    assert.deepEqual(state.actions.get('p/all'), {
      sequence: ['/_/p/a', '/_/q/b', '/whisk.system/utils/echo', '/ns/q/c', '/_/mail/send', '/_/top', '/_/p/one'],
      annotations: {},
    });
    assert.deepEqual(state.actions.get('flow'), { sequence: ['/_/top', '/_/p/a'], annotations: {} });
    assert.deepEqual([...state.packages.keys()], ['p', 'mail', 'q']);
  });

  it('§1.1.5: rules name triggers of the namespace and actions as sequences do', async () => {
    const manifest = `${actionManifest('function: a.js')}    triggers: {t: {description: tick, inputs: {x: 1}}}
    rules:
      own: {trigger: t, action: a, annotations: {n: 1}}
      far: {trigger: /ns/t, action: /ns/p/b}
      under: {trigger: /_/t, action: p/a, rule: true}
  q: {triggers: {t: {description: tick, inputs: {x: 1}}}}
`;
    const state = await projects.state({ manifest, files });
    assert.deepEqual(
      [...state.rules],
      [
        ['own', { trigger: 't', action: '/_/p/a', annotations: { n: 1 } }],
        ['far', { trigger: '/ns/t', action: '/ns/p/b', annotations: {} }],
        ['under', { trigger: 't', action: '/_/p/a', annotations: {} }],
      ],
    );
    assert.deepEqual([...state.triggers], [['t', { parameters: { x: 1 }, annotations: { description: 'tick' } }]]);
  });

  it('§1.1.5: a name that exists elsewhere in the project is what was meant', async () => {
    const manifest = `${actionManifest('function: a.js')}  q: {sequences: {s: {actions: a}}}\n`;
    const { diagnostics } = await projects.read({ manifest, files });
    assert.deepEqual(
      diagnostics.map(({ message, suggestion }) => [message, suggestion]),
      [["the project has no action 'q/a'", 'p/a']],
    );
  });

  it('§1.1.6: routes have slashes, upper case and a response, http where the path has parameters', async () => {
    const manifest = `${actionManifest('function: a.js\nweb: raw')}    apis:
      n:
        base: {x: {a: {method: get}}, /y/z: {a: {method: Post, response: json}}}
        /other: {"{id}/w": {a: {method: DELETE, response: text}}}
`;
    const { state, diagnostics } = await projects.read({ manifest, files });
    assert.deepEqual(
      diagnostics.map(({ severity, suggestion }) => [severity, suggestion]),
      [['warning', 'http']],
    );
    const route = { name: 'n', action: 'p/a' };
    assert.deepEqual(state?.apis, [
      { ...route, basePath: '/base', path: '/x', method: 'GET', response: 'http' },
      { ...route, basePath: '/base', path: '/y/z', method: 'POST', response: 'json' },
      { ...route, basePath: '/other', path: '/{id}/w', method: 'DELETE', response: 'http' },
    ]);
  });

  it('§1.1.6: what a route leads to becomes web, action or sequence; --strict refuses it', async () => {
    const manifest = `${actionManifest('function: a.js')}    sequences: {s: {actions: a}}
    apis: {n: {b: {x: {a: {method: GET}}, y: {s: {method: GET}}}}}
`;
    const state = await projects.state({ manifest, files });
    const web = { 'web-export': true, 'raw-http': false, final: true };
    assert.deepEqual(codeActionOf(state, 'p/a').annotations, web);
    assert.deepEqual(state.actions.get('p/s')?.annotations, web);
    const { diagnostics } = await projects.read({ manifest, files, options: { strict: true } });
    assert.deepEqual(
      diagnostics.map(({ severity, code }) => `${severity} ${code}`),
      ['error api-needs-web-action', 'error api-needs-web-action'],
    );
  });

  it('§1.1.2: web is said in many words, and absent is not false', async () => {
    const words = ['true', 'yes', 'Yes', 'TRUE', '"true"', 'raw', 'RAW', 'false', 'no', '"No"', '""', ''];
    const lines = words.map((word, index) => `      a${String(index)}: {function: a.js, web: ${word}}\n`).join('');
    const state = await projects.state({ manifest: `packages:\n  p:\n    actions:\n${lines}`, files });
    const shown = words.map((_word, index) => {
      const { annotations } = codeActionOf(state, `p/a${String(index)}`);
      return [annotations['web-export'], annotations['raw-http'], annotations['final']].map(String).join();
    });
    const [on, raw, off, none] = [
      'true,false,true',
      'true,true,true',
      'false,false,false',
      'undefined,undefined,undefined',
    ];
    assert.deepEqual(shown, [on, on, on, on, on, raw, raw, off, off, off, none, none]);
  });

  it('§1.1.2: annotations of keys go above written ones; limits are sent under their names', async () => {
    const manifest = actionManifest(
      'function: a.js\nversion: 2\nweb: true\nconductor: true\ndescription: does it\n' +
        'annotations: {final: false, own: [1], require-whisk-auth: 7}\n' +
        'limits: {timeout: 100, memorySize: 512, logSize: 0, concurrency: 1}',
    );
    const action = codeActionOf(await projects.state({ manifest, files }), 'p/a');
    assert.deepEqual(action.annotations, {
      description: 'does it',
      final: true,
      own: [1],
      'require-whisk-auth': 7,
      'web-export': true,
      'raw-http': false,
      conductor: true,
    });
    assert.deepEqual(action.limits, { timeout: 100, memory: 512, logs: 0, concurrency: 1 });
    assert.equal(action.version, '2.0.0');
  });

  it('§1.1.2: limits above those that the target advertises are errors', async () => {
    const limits = {
      timeout: { min: 100, max: 600_000 },
      memory: { min: 128, max: 256 },
      logs: { min: 0, max: 10 },
      concurrency: { min: 1, max: 1 },
    };
    const manifest = actionManifest('function: a.js\nlimits: {timeout: 600000, memorySize: 512}');
    assert.deepEqual(await projects.findings({ manifest, files, options: { limits } }), [
      "6:47 error limit-out-of-range 'memorySize' is above the most of this platform, 256 MB",
    ]);
  });
});
