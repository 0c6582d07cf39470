import assert from 'node:assert/strict';
import { ManifestError } from '../../src/lib/errors/manifest-error.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { loadProject, readProject } from '../../src/lib/project/load-project.js';
import { actionManifest, finding, loadOptions, ProjectsUnderTest, type ProjectText } from './project-under-test.js';

const code = { 'a.js': 'function main() {}' };

/** Projects, and everything that is found in them. */
const cases: readonly (readonly [title: string, text: ProjectText, findings: readonly string[]])[] = [
  [
    'yaml-syntax: the reason of the parser',
    { manifest: 'packages:\n  p: [1, 2\n' },
    ['3:1 error yaml-syntax Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  [
    'yaml-syntax: a sentence about tabs',
    { manifest: 'packages:\n\tp: {}\n' },
    ['2:1 error yaml-syntax a tab stands where YAML wants blanks'],
  ],
  [
    'duplicate-key: with the place of the first',
    { manifest: actionManifest('function: a.js\nmain: x\nmain: y'), files: code },
    ["7:9 error duplicate-key the key 'main' stands here twice"],
  ],
  [
    'unknown-key: with the key that was meant',
    { manifest: actionManifest('function: a.js\nruntimee: nodejs:20'), files: code },
    ["6:9 error unknown-key unknown key 'runtimee' in action 'p/a' [runtime]"],
  ],
  [
    'unknown-key: words of other tools',
    {
      manifest: `${actionManifest('handler: a.js\nparameters: {}\nenvironment: {}\nlimits: {memory: 256}')}    triggers: {t: {cron: '* * * * *'}}\n`,
    },
    [
      "4:7 error no-code 'a' has no code",
      "5:9 error unknown-key unknown key 'handler' in action 'p/a' [function]",
      "6:9 error unknown-key unknown key 'parameters' in action 'p/a' [inputs]",
      "7:9 error unknown-key unknown key 'environment' in action 'p/a' [env]",
      "8:18 error unknown-key unknown key 'memory' in the limits of action 'p/a' [memorySize]",
      "9:20 error unknown-key unknown key 'cron' in trigger 't' [feed: /whisk.system/alarms/alarm]",
    ],
  ],
  [
    'wrong-type: says what is expected',
    {
      manifest: actionManifest(
        'function: [a.js]\nannotations: x\nconductor: maybe\ninputs: {n: {type: integer, value: many}}',
      ),
    },
    [
      "5:19 error wrong-type 'function' of action 'p/a' must be a text, not a list",
      "6:22 error wrong-type 'annotations' of action 'p/a' must be a map, not 'x'",
      "7:20 error wrong-type 'conductor' of action 'p/a' must be true or false, not 'maybe'",
      "8:44 error wrong-type expected an integer, found 'many'",
    ],
  ],
  [
    'wrong-type: the number meant by a size or time',
    {
      manifest: actionManifest('function: a.js\nlimits: {timeout: 1m, memorySize: 1GB, logSize: 5 apples}'),
      files: code,
    },
    [
      "6:27 error wrong-type 'timeout' must be a whole number of ms, not '1m' [60000]",
      "6:43 error wrong-type 'memorySize' must be a whole number of MB, not '1GB' [1024]",
      "6:57 error wrong-type 'logSize' must be a whole number of MB, not '5 apples'",
    ],
  ],
  [
    'bad-value: words that stand for nothing',
    {
      manifest: actionManifest(
        'function: a.js\nweb: maybe\nversion: one\ninputs: {n: {type: int}}\nannotations: {require-whisk-auth: ""}',
      ),
      files: code,
    },
    [
      "6:14 error bad-value 'web' must be true, false or raw, not 'maybe'",
      "7:18 error bad-value 'one' is not a version such as 1.0.0",
      "8:28 error bad-value 'int' is no type of an input [integer]",
      "9:43 error bad-value 'require-whisk-auth' is a text, a whole number from 1 to 2^53-2, true or false",
    ],
  ],
  [
    'bad-name: names that a platform refuses',
    { manifest: 'packages:\n  "a/b": {}\n  ok:\n    triggers: {"": {}}\n' },
    [
      "2:3 error bad-name 'a/b' cannot be the name of a package",
      "4:16 error bad-name '' cannot be the name of a trigger",
    ],
  ],
  ['empty-manifest: an empty file', { manifest: '# nothing\n' }, ['1:1 error empty-manifest the file is empty']],
  [
    'empty-manifest: no packages',
    { manifest: 'project: {name: x}\n' },
    ["1:1 error empty-manifest the manifest has no 'packages'"],
  ],
  [
    'code-and-function: both',
    { manifest: actionManifest('function: a.js\ncode: x\nruntime: nodejs:20'), files: code },
    ["6:15 error code-and-function an action has either 'code' or 'function'"],
  ],
  [
    'code-needs-runtime: code alone',
    { manifest: actionManifest('code: x') },
    ["4:7 error code-needs-runtime 'code' needs 'runtime': there is no file name to tell it from"],
  ],
  [
    'no-code: nothing, an empty file, an empty folder, an address',
    {
      manifest:
        'packages:\n  p:\n    actions:\n      a: {}\n      b: {function: empty.js}\n      c: {function: https://example.test/a.js}\n',
      files: { 'empty.js': '' },
    },
    [
      "4:7 error no-code 'a' has no code",
      "5:21 error no-code 'empty.js' is an empty file",
      '6:21 error no-code code from the network is not supported yet',
    ],
  ],
  [
    'file-not-found: with the nearest file',
    {
      manifest: actionManifest('function: src/hello.js\ndocker: x\ninclude: [[lib/x.js]]'),
      files: { 'src/helo.js': 'x' },
    },
    ["5:19 error file-not-found there is no 'src/hello.js' [src/helo.js]"],
  ],
  [
    'file-not-found: sources of include',
    {
      manifest: actionManifest('function: src\ninclude: [[lib/x.js], [lib/*.md, docs/]]'),
      files: { 'src/index.js': 'x' },
    },
    ["6:19 error file-not-found there is no 'lib/x.js'", "6:31 error file-not-found no file matches 'lib/*.md'"],
  ],
  [
    'kind-needed: a zip, an unknown extension, a folder without a mark',
    {
      manifest:
        'packages:\n  p:\n    actions:\n      a: {function: a.zip}\n      b: {function: b.foo}\n      c: {function: c}\n',
      files: { 'a.zip': 'PK\x03\x04', 'b.foo': 'x', 'c/readme.md': 'x' },
    },
    [
      "4:21 error kind-needed the kind of 'a.zip' cannot be told from its name",
      "5:21 error kind-needed the kind of 'b.foo' cannot be told from its name",
      "6:21 error kind-needed The kind of 'c' cannot be told from its content",
    ],
  ],
  [
    'unknown-kind: with what runs instead',
    {
      manifest: `${actionManifest('function: a.js\nruntime: nodejs:99')}      b: {function: a.js, runtime: nodjs}\n`,
      files: code,
    },
    [
      "6:18 error unknown-kind the platform has no kind 'nodejs:99' [nodejs:20]",
      "7:36 error unknown-kind the platform has no kind 'nodjs' [nodejs]",
    ],
  ],
  [
    'kind-extension-mismatch: a family that does not run the file',
    { manifest: actionManifest('function: a.js\nruntime: python:3'), files: code },
    ["6:18 error kind-extension-mismatch the kind 'python:3' does not run .js files [nodejs:default]"],
  ],
  [
    'build-failed: what would have to be bundled',
    {
      manifest: `${actionManifest('function: a.ts')}      b: {function: a.js, build: bundle}\n      c: {function: folder, runtime: nodejs:20}\n`,
      files: { ...code, 'a.ts': 'x', 'folder/index.ts': 'x' },
    },
    [
      "5:19 error build-failed 'a.ts' has to be bundled, which is not supported yet",
      "6:34 error build-failed 'build' other than none is not supported yet",
      "7:21 error build-failed 'folder' has to be bundled, which is not supported yet",
    ],
  ],
  [
    'missing-variable: all of them, with the nearest that is set',
    {
      manifest: actionManifest(
        'function: a.js\ninputs: {db: $DB_URL, list: ["${STAG}"]}\nannotations: {x: "${NOPE}-${DB_URL}"}',
      ),
      files: code,
      env: { STAGE: 'x' },
    },
    [
      "6:22 error missing-variable the variable 'DB_URL' is not set",
      "6:38 error missing-variable the variable 'STAG' is not set [STAGE]",
      "7:26 error missing-variable the variable 'NOPE' is not set",
      "7:26 error missing-variable the variable 'DB_URL' is not set",
    ],
  ],
  [
    'missing-input: all of them; 0, false and "" are values',
    {
      manifest: actionManifest(
        'function: a.js\ninputs:\n  a: {required: true}\n  b: {required: true, value: 0}\n  c: {required: true, default: ""}\n  d: {type: json, required: true}',
      ),
      files: code,
    },
    ["7:14 error missing-input the input 'a' needs a value", "10:14 error missing-input the input 'd' needs a value"],
  ],
  [
    'limit-out-of-range: below the least is an error, above the usual most a warning',
    {
      manifest: actionManifest('function: a.js\nlimits: {timeout: 99, memorySize: 4096, concurrency: 0}'),
      files: code,
    },
    [
      "6:27 error limit-out-of-range 'timeout' is below the least, 100 ms",
      "6:43 warning limit-out-of-range 'memorySize' is above the usual most, 512 MB",
      "6:62 error limit-out-of-range 'concurrency' is below the least, 1",
    ],
  ],
  [
    'unknown-action and unknown-trigger: names that exist nowhere in the project',
    {
      manifest: `${actionManifest('function: a.js')}    sequences: {s: {actions: "a, bb"}}\n    triggers: {tock: }\n    rules:\n      r: {trigger: tick, action: aa}\n      u: {trigger: tock, action: other/x}\n      v: {}\n`,
      files: code,
    },
    [
      "6:30 error unknown-action the project has no action 'p/bb'",
      "9:20 error unknown-trigger the project has no trigger 'tick' [tock]",
      "9:34 error unknown-action the project has no action 'p/aa' [a]",
      "10:34 warning unknown-action 'other/x' is not of this project; it has to exist on the target",
      "11:7 error unknown-action rule 'v' needs 'action'",
      "11:7 error unknown-trigger rule 'v' needs 'trigger'",
    ],
  ],
  [
    'duplicate-entity: action and sequence, triggers and rules of two packages, routes',
    {
      manifest:
        'packages:\n  p:\n    actions: {a: {function: a.js, web: true}}\n    sequences: {a: {actions: a}}\n    triggers: {t: {inputs: {x: 1}}, same: }\n' +
        '    rules: {r: {trigger: t, action: a}}\n    apis: {n: {b: {x: {a: {method: get}}}}}\n  q:\n    triggers: {t: {inputs: {x: 2}}, same: }\n' +
        '    rules: {r: {trigger: t, action: p/a}}\n  default:\n    actions: {a: {function: a.js, web: true}}\n    apis: {n: {/b: {/x: {a: {method: GET}}}}}\n',
      files: code,
    },
    [
      "4:17 error duplicate-entity there is another action 'p/a'",
      "9:16 error duplicate-entity there is another trigger 't'",
      "10:13 error duplicate-entity there is another rule 'r'",
      '13:26 error duplicate-entity there is another route GET /b/x',
    ],
  ],
  [
    'sequence-empty, sequence-cycle and sequence-too-long',
    {
      manifest: `${actionManifest('function: a.js')}    sequences:\n      none: {actions: " , "}\n      one: {actions: two}\n      two: {actions: "a, one"}\n      long: {actions: "${Array(51).fill('a').join(',')}"}\n      list: {actions: [a]}\n`,
      files: code,
    },
    [
      '7:23 error sequence-empty a sequence needs at least one action',
      '8:7 error sequence-cycle the sequence calls itself: p/one → p/two → p/one',
      '9:7 error sequence-cycle the sequence calls itself: p/two → p/one → p/two',
      '10:7 error sequence-too-long a sequence has at most 50 actions, this one has 51',
      "11:23 error wrong-type 'actions' of a sequence is one text with commas",
    ],
  ],
  [
    'api-needs-web-action: a warning, and an error for web: no',
    {
      manifest: `${actionManifest('function: a.js')}      b: {function: a.js, web: no}\n    apis: {n: {base: {x: {a: {method: GET}, b: {method: POST}}}}}\n`,
      files: code,
    },
    [
      "7:27 warning api-needs-web-action 'p/a' becomes a web action, because a route leads to it",
      "7:45 error api-needs-web-action the route leads to 'p/b', which is no web action",
    ],
  ],
  [
    'bad-dependency: no location, no package, a project elsewhere, two of one label',
    {
      manifest:
        'packages:\n  p:\n    dependencies:\n      a: {}\n      b: {location: /ns}\n      c: {location: github.com/o/r}\n      d: {location: /ns/x}\n  q:\n    dependencies:\n      d: {location: /ns/y}\n',
    },
    [
      "4:10 error bad-dependency a dependency needs 'location'",
      "5:21 error bad-dependency '/ns' is not /namespace/package",
      '6:21 error bad-dependency dependencies on other projects are not supported yet',
      "10:7 error bad-dependency there is another package or dependency 'd'",
    ],
  ],
  [
    'project-name-missing: a managed project',
    { manifest: 'packages: {p: }\n', options: { managed: true } },
    ['1:1 error project-name-missing a managed project needs a name'],
  ],
  [
    'project-name-mismatch: in the words of wskdeploy',
    { manifest: 'project: {name: a, packages: {p: }}\n', deployment: 'project: {name: b}\n' },
    [
      '1:17 error project-name-mismatch The project named [b] in deployment file [deployment.yaml] does not match the name [a] in manifest file [manifest.yaml]',
    ],
  ],
  [
    'unknown-in-deployment: what the manifest lacks, with what was meant',
    {
      manifest: actionManifest('function: a.js'),
      deployment: 'packages:\n  q: {inputs: {x: 1}}\n  p: {actions: {aa: {inputs: {x: 1}}}, triggers: {t: }}\n',
      files: code,
    },
    [
      "2:3 error unknown-in-deployment the manifest has no package 'q' [p]",
      "3:17 error unknown-in-deployment the manifest has no action 'p/aa' [a]",
      "3:51 error unknown-in-deployment the manifest has no trigger 't'",
    ],
  ],
  [
    'not-overridable: everything but inputs and annotations',
    {
      manifest: actionManifest('function: a.js'),
      deployment: 'packages: {p: {version: 1, actions: {a: {function: b.js}}}}\nextra: 1\n',
      files: code,
    },
    [
      "1:16 error not-overridable 'version' cannot be set in a deployment file",
      "1:42 error not-overridable 'function' cannot be set in a deployment file",
      "2:1 error not-overridable 'extra' cannot be set in a deployment file",
    ],
  ],
  [
    'deprecated-key, deprecated-value and deprecated-kind are warnings',
    {
      manifest: `${actionManifest('location: a.js\nruntime: nodejs@20\nweb-export: true')}      b: {function: a.js, runtime: nodejs:6}\n    triggers: {t: {source: /ns/p/f}}\n`,
      files: code,
    },
    [
      "5:9 warning deprecated-key 'location' is an old name [function]",
      "6:18 warning deprecated-value 'nodejs@20' is an old spelling of a kind [nodejs:20]",
      "7:9 warning deprecated-key 'web-export' is an old name [web]",
      "8:36 warning deprecated-kind the kind 'nodejs:6' is deprecated",
      "9:20 warning deprecated-key 'source' is an old name [feed]",
    ],
  ],
  [
    'ignored-key: what wskdeploy ignores too',
    {
      manifest:
        'filepath: x\npackages:\n  p:\n    name: x\n    feeds: {f: }\n    actions: {a: {function: f, exposedUrl: x, include: [[a, b, c]]}}\n',
      files: { 'f/index.js': 'x' },
    },
    [
      "1:1 info ignored-key 'filepath' has no effect in the manifest",
      "4:5 info ignored-key 'name' has no effect in package 'p'",
      "5:12 warning ignored-key 'feeds' of a package has no effect",
      "6:32 info ignored-key 'exposedUrl' has no effect in action 'p/a'",
      "6:57 warning ignored-key an entry of 'include' is [source] or [source, destination]; this one is ignored",
    ],
  ],
  [
    'D-17: yaml-1.1-boolean and yaml-1.1-octal are warnings',
    {
      manifest: actionManifest('function: a.js\ninputs: {a: yes, b: "yes", c: [OFF]}\nannotations: {n: 010}'),
      files: code,
    },
    [
      "6:21 warning yaml-1.1-boolean 'yes' is read as the boolean true",
      "6:40 warning yaml-1.1-boolean 'OFF' is read as the boolean false",
      '7:26 warning yaml-1.1-octal 010 is read as the octal number 8',
    ],
  ],
  [
    'public-package and two-package-lists are warnings',
    { manifest: 'packages: {p: {public: true}}\nproject: {packages: {q: }}\n' },
    [
      "1:12 warning public-package everyone can use the package 'p'",
      "2:21 warning two-package-lists 'packages' at the top is used, the one in 'project' is not",
    ],
  ],
  [
    'secret-in-manifest: a key in the file, and secrets beside the code',
    {
      manifest: 'project: {credential: a:b, packages: {p: {actions: {a: {function: f}}}}}\n',
      files: { 'f/index.js': 'x', 'f/.env': 'S=1' },
    },
    [
      "1:23 warning secret-in-manifest 'credential' does not belong into a file that is shared",
      "1:67 warning secret-in-manifest '.env' is left out; it may hold secrets",
    ],
  ],
  [
    'target-mismatch: another namespace or host than the one that is chosen',
    {
      manifest: 'project: {namespace: shop, apiHost: a.example, packages: {p: }}\n',
      deployment: 'project: {namespace: test}\n',
      options: { target: { namespace: 'guest', apihost: 'https://a.example' } },
    },
    ["1:22 error target-mismatch the project is for the namespace 'test', the target is 'guest'"],
  ],
  [
    'D-1: projects of other forms are told by their content',
    { manifest: 'application: {runtimeManifest: {}}\n' },
    ['1:1 error unknown-key this is an App Builder project, which rt cannot read yet'],
  ],
];

describe('the diagnostics of a project', () => {
  const projects = new ProjectsUnderTest();
  afterEach(() => projects.remove());

  for (const [title, text, expected] of cases) {
    it(`D-28: ${title}`, async () => {
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
