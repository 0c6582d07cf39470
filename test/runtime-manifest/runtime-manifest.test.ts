import assert from 'node:assert/strict';
import { ConfigError } from '../../src/lib/errors/client-errors.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';

const image = { prefix: 'openwhisk', name: 'action-nodejs-v20', tag: 'nightly' };

describe('RuntimeManifest, built in', () => {
  it('has nodejs:default as the newest even version that is not newer than the running node', () => {
    const defaults = [18, 19, 20, 21, 22, 24, 99].map(
      (major) => RuntimeManifest.builtIn(major).resolve('nodejs:default')?.kind,
    );
    const wanted = ['18', '18', '20', '20', '22', '24', '26'].map((version) => `nodejs:${version}`);
    assert.deepEqual(defaults, wanted);
  });

  it('has every family with exactly one default', () => {
    const manifest = RuntimeManifest.builtIn(20);
    const families = [
      'nodejs',
      'python',
      'php',
      'ruby',
      'go',
      'java',
      'swift',
      'dotnet',
      'rust',
      'perl',
      'deno',
      'bun',
      'ballerina',
    ];
    assert.deepEqual(manifest.families(), families);
    for (const [family, kinds] of Object.entries(manifest.toInfo())) {
      assert.equal(kinds.filter((kind) => kind.default).length, 1, family);
    }
    assert.equal(manifest.resolve('python:default')?.kind, 'python:3');
  });

  it('resolves kinds after trim and lower-case, and families alone', () => {
    const manifest = RuntimeManifest.builtIn(20);
    assert.equal(manifest.resolve(' NODEJS:DEFAULT ')?.kind, 'nodejs:20');
    assert.equal(manifest.resolve('Python:3.11')?.kind, 'python:3.11');
    assert.equal(manifest.resolve('go')?.kind, 'go:1.20');
    for (const unknown of [
      '',
      ':default',
      'nosuch:1',
      'nosuch:default',
      'nodejs:',
      '__proto__',
      'constructor:default',
    ]) {
      assert.equal(manifest.resolve(unknown), undefined, unknown);
    }
  });

  it('shows its kinds as the API host does', () => {
    assert.deepEqual(RuntimeManifest.builtIn(20).toInfo().java?.[0], {
      ...{ kind: 'java:8', image: 'openwhisk/java8action:nightly' },
      ...{ deprecated: false, default: true, attached: true, requireMain: true },
    });
  });

  it('lists every kind, sequence and blackbox as valid values', () => {
    const values = RuntimeManifest.builtIn(20).validValues();
    assert.ok(values.includes('nodejs:20') && values.includes('python:3'));
    assert.deepEqual(values.slice(-2), ['sequence', 'blackbox']);
  });
});

describe('RuntimeManifest.parse', () => {
  it('reads the full form', () => {
    const reactive = { minCount: 1, maxCount: 4, ttl: '2 minutes', threshold: 1, increment: 1 };
    const manifest = RuntimeManifest.parse({
      runtimes: {
        nodejs: [
          {
            ...{ kind: ' NodeJS:20 ', default: true, deprecated: false, image: { registry: 'r.io:5000', ...image } },
            ...{ attached: { attachmentName: 'codefile', attachmentType: 'text/plain' }, requireMain: false },
            ...{ sentinelledLogs: false, stemCells: [{ initialCount: 2, memory: '256 MB', reactive }] },
          },
          { kind: 'nodejs:18', deprecated: true, image },
        ],
      },
      blackboxes: [{ prefix: 'openwhisk', name: 'dockerskeleton' }],
    });
    assert.deepEqual(manifest.resolve('nodejs:20'), {
      ...{ family: 'nodejs', kind: 'nodejs:20', default: true, deprecated: false, attached: true, requireMain: false },
      ...{ image: 'r.io:5000/openwhisk/action-nodejs-v20:nightly', sentinelledLogs: false },
      stemCells: [{ initialCount: 2, memory: 256, reactive: { ...reactive, ttl: 120_000 } }],
    });
    assert.deepEqual(
      manifest.kinds().map(({ kind, deprecated, attached }) => [kind, deprecated, attached]),
      [
        ['nodejs:20', false, true],
        ['nodejs:18', true, false],
      ],
    );
    assert.equal(manifest.isLocalImage('openwhisk/dockerskeleton:latest'), true);
    assert.equal(manifest.isLocalImage('openwhisk/dockerskeleton:other'), false);
  });

  it('takes a single kind as the default, and the old name of the count of stem cells', () => {
    const kind = { kind: 'go:1.22', image, stemCells: [{ count: 1, memory: '1 GB' }] };
    const manifest = RuntimeManifest.parse({ runtimes: { go: [kind] } });
    assert.deepEqual(manifest.resolve('go:default')?.stemCells, [{ initialCount: 1, memory: 1024 }]);
  });

  const cells = (stemCells: unknown): unknown => ({
    runtimes: { a: [{ kind: 'a:1', image, stemCells: [stemCells] }] },
  });
  const reactive = { minCount: 0, maxCount: 1, ttl: '1 minute', threshold: 1, increment: 1 };
  const wrong: Readonly<Record<string, readonly [json: unknown, text: RegExp]>> = {
    'no object': [[], /the document must be an object/],
    'no runtimes': [{}, /'runtimes' must be an object/],
    'two defaults': [
      {
        runtimes: {
          a: [
            { kind: 'a:1', image, default: true },
            { kind: 'a:2', image, default: true },
          ],
        },
      },
      /family 'a' has more than one default: a:1, a:2/,
    ],
    'no default among several': [
      {
        runtimes: {
          a: [
            { kind: 'a:1', image },
            { kind: 'a:2', image },
          ],
        },
      },
      /family 'a' has several kinds but none of them is the default/,
    ],
    'a kind twice': [
      {
        runtimes: {
          a: [
            { kind: 'a:1', image, default: true },
            { kind: 'A:1', image },
          ],
        },
      },
      /kind 'a:1' is listed twice/,
    ],
    'no kind': [{ runtimes: { a: [{ image }] } }, /'kind' of family 'a' must be a text/],
    'no image name': [
      { runtimes: { a: [{ kind: 'a:1', image: { prefix: 'x' } }] } },
      /'image' of kind 'a:1' needs a 'name'/,
    ],
    'a flag that is none': [
      { runtimes: { a: [{ kind: 'a:1', image, deprecated: 'no' }] } },
      /'deprecated' of kind 'a:1' must be/,
    ],
    'stem cells without memory (AI-324)': [cells({ initialCount: 1 }), /need both 'initialCount' and 'memory'/],
    'stem cells without count (AI-324)': [cells({ memory: '256 MB' }), /need both 'initialCount' and 'memory'/],
    'no stem cells': [cells({ initialCount: 0, memory: '256 MB' }), /'initialCount' .* at least 1/],
    'a memory that is none': [cells({ initialCount: 1, memory: 'much' }), /not a size such as '256 MB'/],
    'a minimum above the maximum': [
      cells({ initialCount: 1, memory: '1 MB', reactive: { ...reactive, minCount: 2 } }),
      /'minCount' above its 'maxCount'/,
    ],
    'an increment above the maximum': [
      cells({ initialCount: 1, memory: '1 MB', reactive: { ...reactive, increment: 2 } }),
      /'increment' above its 'maxCount'/,
    ],
    'a time that is none': [
      cells({ initialCount: 1, memory: '1 MB', reactive: { ...reactive, ttl: 'soon' } }),
      /not a duration such as '2 minutes'/,
    ],
  };

  for (const [what, [json, text]] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => RuntimeManifest.parse(json),
        (error) =>
          error instanceof ConfigError && error.message.startsWith('runtimes manifest: ') && text.test(error.message),
      );
    });
  }

  it('keeps a family named __proto__ as data (RS-204)', () => {
    const manifest = RuntimeManifest.parse(JSON.parse('{"runtimes":{"__proto__":[{"kind":"x:1","image":"x"}]}}'));
    assert.equal(manifest.resolve('x:1')?.family, '__proto__');
    assert.deepEqual(Object.keys(manifest.toInfo()), ['__proto__']);
  });
});
