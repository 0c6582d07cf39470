import { actionManifest } from '../project-under-test.js';
import { code, type DiagnosticCase } from './diagnostic-case.js';

/** What is wrong with values, references, deployment files and the project, and what is worth a warning. */
export const meaningCases: readonly DiagnosticCase[] = [
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
      options: { target: () => Promise.resolve({ namespace: 'guest', apihost: 'https://a.example' }) },
    },
    ["1:22 error target-mismatch the project is for the namespace 'test', the target is 'guest'"],
  ],
  [
    'D-1: projects of other forms are told by their content',
    { manifest: 'application: {runtimeManifest: {}}\n' },
    ['1:1 error unknown-key this is an App Builder project, which rt cannot read yet'],
  ],
];
