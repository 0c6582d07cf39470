import { actionManifest } from '../project-under-test.js';
import { code, type DiagnosticCase } from './diagnostic-case.js';

/** What is wrong with the form of files, with code and with kinds. */
export const formCases: readonly DiagnosticCase[] = [
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
];
