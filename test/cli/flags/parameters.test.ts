import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CliEnvironment } from '../../../src/lib/cli/environment.js';
import type { Pair } from '../../../src/lib/cli/flags/pair.js';
import {
  type GivenEntries,
  objectText,
  type ParameterFlagValues,
  readParameters,
  wordPairs,
} from '../../../src/lib/cli/flags/parameters.js';
import { systemClock } from '../../../src/lib/entity/clock.js';
import { UsageError } from '../../../src/lib/errors/client-errors.js';
import { FolderWithFiles } from '../../helpers/folder-with-files.js';

async function* once(text: string): AsyncIterable<string> {
  yield await Promise.resolve(text);
}

function environment(options: { cwd?: string; stdin?: string; env?: Record<string, string> } = {}): CliEnvironment {
  const cwd = options.cwd ?? '/';
  return {
    env: options.env ?? {},
    cwd,
    home: cwd,
    temporary: cwd,
    user: undefined,
    platform: 'linux',
    arch: 'x64',
    nodeVersion: process.version,
    execPath: process.execPath,
    stdin: once(options.stdin ?? ''),
    clock: systemClock,
  };
}

function pairs(...words: readonly (readonly [string, string])[]): Pair[] {
  return words.map(([key, value], position) => ({ key, value, position }));
}

function texts(entries: GivenEntries): readonly string[] | undefined {
  return entries?.map(({ key, value }) => `${key}=${value}`);
}

async function valueOf(value: string): Promise<string | undefined> {
  const given = await readParameters({ param: pairs(['k', value]) }, environment());
  return given.parameters?.[0]?.value;
}

function refused(promise: Promise<unknown>, message: string, hint?: string): Promise<void> {
  return assert.rejects(promise, (error) => {
    assert.ok(error instanceof UsageError, String(error));
    assert.equal(error.message, message);
    if (hint !== undefined) assert.equal(error.hint, hint);
    return true;
  });
}

describe('readParameters', () => {
  describe('of a pair', () => {
    const values: readonly [string, string][] = [
      ['1', '1'],
      ['-5', '-5'],
      ['007', '"007"'],
      ['1e3', '1e3'],
      ['1.0', '1.0'],
      ['12345678901234567890', '12345678901234567890'],
      ['true', 'true'],
      ['True', '"True"'],
      ['null', 'null'],
      ['""', '""'],
      ['', '""'],
      [' 1 ', '1'],
      ['NaN', '"NaN"'],
      ['0x10', '"0x10"'],
      ['{"b":1.50,"a":[]}', '{"b":1.50,"a":[]}'],
      ['[1, 2]', '[1, 2]'],
      ['@bob', '"@bob"'],
      ['--', '"--"'],
    ];
    const literals: readonly [string, string][] = [
      ['"a\\nb"', '"a\\nb"'],
      ['C:\\new', '"C:\\\\new"'],
      ['say "hi"', '"say \\"hi\\""'],
    ];
    for (const [rule, cases] of Object.entries({ 'C-21': values, 'C-22': literals })) {
      for (const [typed, sent] of cases) {
        it(`${rule}: sends ${JSON.stringify(typed)} as ${sent}`, async () => {
          assert.equal(await valueOf(typed), sent);
        });
      }
    }

    it('C-24: keeps the digits of every number', () =>
      fc.assert(
        fc.asyncProperty(fc.stringMatching(/^-?[1-9]\d{0,60}(\.\d{1,30})?([eE][+-]?\d{1,3})?$/), async (digits) => {
          assert.equal(await valueOf(digits), digits);
        }),
      ));

    it('C-21, C-22: sends any text that is no JSON so that it arrives byte for byte', () =>
      fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
          fc.pre(!/^\s*[[{]/.test(text) && !isJson(text));
          assert.equal(JSON.parse((await valueOf(text)) ?? ''), text);
        }),
      ));

    it('C-21: sends any JSON as the same JSON', () =>
      fc.assert(
        fc.asyncProperty(fc.json(), async (json) => {
          assert.equal(await valueOf(json), json);
        }),
      ));
  });

  it('C-23: refuses a value that begins like JSON and has quotes, with the place of the mistake', async () => {
    const argument = (lines: string): Promise<unknown> =>
      readParameters({ param: pairs(['lines', lines]) }, environment());
    const hint = "use --param-string lines '…' to send it as text";
    const start = "Invalid parameter argument 'lines': not valid JSON at";
    await refused(argument('["a","b"'), `${start} column 9 (unexpected end)`, hint);
    await refused(argument('{"a":}'), `${start} column 6 (unexpected character '}')`, hint);
    await refused(argument('{"a":1} x'), `${start} column 9 (unexpected character 'x')`, hint);
    await refused(argument('{"a\tb":1}'), `${start} column 4 (unexpected character '\t')`, hint);
    await refused(argument('{\n"a":01}'), `${start} line 2, column 5 (unexpected character '0')`, hint);
  });

  it('C-23: notes a value that lost its quotes in the shell, and sends it as text', async () => {
    const given = await readParameters({ param: pairs(['lines', '[c,b,a]']) }, environment());
    assert.deepEqual(texts(given.parameters), ['lines="[c,b,a]"']);
    assert.deepEqual(given.notes, ["'lines' looks like JSON that lost its quotes ([c,b,a]); it is sent as text"]);
    assert.deepEqual((await readParameters({ param: pairs(['k', '{x']) }, environment())).notes, []);
  });

  describe('of files', () => {
    let folder: FolderWithFiles;

    before(async () => {
      folder = await FolderWithFiles.create({
        'a.json': '\ufeff{ "x": 1, "big": 12345678901234567890, "__proto__": {"y": 2} }',
        'b.json': '{"x": 2, "z": 3}',
        'list.json': '[{"key":"k","value":{"n":1.0}},{"key":"e","value":"v","init":true}]',
        'arr.json': '[1]',
        'text.json': '"x"',
        'null.json': 'null',
        'bad.json': '{"a":\n',
        'empty.json': '{}',
        'latin.json': Buffer.from([0x7b, 0xe9]),
        'p.yaml': 'name: Bob\nid: 12345678901234567890\nversion: 1.10\nlist:\n  - &x {a: yes}\n  - *x\nnone:\n',
        'bad.yml': 'a: [1\nb: 2\n',
        'keys.env': '# comment\nKEY=value\nexport QUOTED="a b"\nNUMBER=007\n',
        'secret.txt': 's3cret\n',
        'number.txt': '42\r\n',
      });
    });

    after(async () => {
      await folder.remove();
    });

    async function read(flags: ParameterFlagValues, stdin = '', env: Record<string, string> = {}) {
      return readParameters(flags, environment({ cwd: folder.path, stdin, env }));
    }

    it('C-24, C-26: keeps order and digits, accepts a byte order mark, and takes __proto__ for data', async () => {
      const { parameters } = await read({ 'param-file': ['a.json'] });
      assert.deepEqual(texts(parameters), ['x=1', 'big=12345678901234567890', '__proto__={"y": 2}']);
    });

    it('C-26: accepts the form in which the API prints parameters', async () => {
      assert.deepEqual(texts((await read({ 'param-file': ['list.json'] })).parameters), ['k={"n":1.0}', 'e="v"']);
    });

    it('C-26: reads YAML by the name of the file, digits included', async () => {
      const { parameters } = await read({ 'param-file': ['p.yaml'] });
      assert.deepEqual(texts(parameters), [
        'name="Bob"',
        'id=12345678901234567890',
        'version=1.10',
        'list=[{"a":"yes"},{"a":"yes"}]',
        'none=null',
      ]);
    });

    it('C-26: reads .env syntax for environment values, as text', async () => {
      const { environment: values } = await read({ 'env-file': ['keys.env'] });
      assert.deepEqual(texts(values), ['KEY="value"', 'QUOTED="a b"', 'NUMBER="007"']);
    });

    it('C-26: reads stdin once for -, and refuses it twice', async () => {
      assert.deepEqual(texts((await read({ 'param-file': ['-'] }, '{"a":1}')).parameters), ['a=1']);
      const twice = 'Standard input (-) can be used only once on a command line';
      await refused(read({ 'param-file': ['-'], 'annotation-file': ['-'] }, '{}'), twice);
      await refused(read({ 'param-file': ['-'], auth: '-' }, '{}'), twice);
      await refused(read({ 'param-file': ['-'], 'param-from': pairs(['k', '-']) }, '{}'), twice);
    });

    it('C-27: merges files first, then pairs in the order of the command line', async () => {
      const flags: ParameterFlagValues = {
        param: [{ key: 'x', value: 'pair', position: 0 }],
        'param-string': [{ key: 'n', value: '1', position: 3 }],
        'param-from': [{ key: 'n', value: 'number.txt', position: 6 }],
        'param-file': ['a.json', 'b.json'],
      };
      const { parameters } = await read(flags);
      assert.deepEqual(texts(parameters), [
        'x="pair"',
        'big=12345678901234567890',
        '__proto__={"y": 2}',
        'z=3',
        'n=42',
      ]);
    });

    it('C-28: takes the value of --param-from from a file or the environment, without the last line break', async () => {
      const flags = { 'param-from': pairs(['a', 'secret.txt'], ['b', 'number.txt'], ['c', 'env:TOKEN']) };
      const { parameters } = await read(flags, '', { TOKEN: 'x y' });
      assert.deepEqual(texts(parameters), ['a="s3cret"', 'b=42', 'c="x y"']);
      await refused(read({ 'param-from': pairs(['a', 'env:NONE']) }), "Environment variable 'NONE' is not set");
    });

    it('C-29: tells no parameters from an empty file', async () => {
      assert.equal((await read({})).parameters, undefined);
      assert.deepEqual((await read({ 'param-file': ['empty.json'] })).parameters, []);
    });

    const wrong: readonly [string, string][] = [
      ['arr.json', "Invalid parameter file 'arr.json': expected an object at the top level, found an array"],
      ['text.json', "Invalid parameter file 'text.json': expected an object at the top level, found a string"],
      ['null.json', "Invalid parameter file 'null.json': expected an object at the top level, found null"],
      ['bad.json', "Invalid parameter file 'bad.json': not valid JSON at line 2, column 1 (unexpected end)"],
      ['nofile.json', "File 'nofile.json' is not a valid file or it does not exist"],
      ['.', "File '.' is not a valid file or it does not exist"],
      ['latin.json', "File 'latin.json' is not UTF-8 text"],
    ];
    for (const [file, message] of wrong) {
      it(`C-26: refuses ${file}`, () => refused(read({ 'param-file': [file] }), message));
    }

    it('C-26: refuses broken YAML with its place', () =>
      assert.rejects(read({ 'annotation-file': ['bad.yml'] }), (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /^Invalid annotation file 'bad\.yml': not valid YAML at line \d+, column \d+ \(/);
        return true;
      }));

    it('C-29: refuses a key that is both parameter and environment', () =>
      refused(
        read({ param: pairs(['db', '1']), env: pairs(['db', '2'], ['x', '3']) }),
        "Invalid argument(s). Environment variables and function parameters may not overlap: 'db'",
      ));
  });
});

describe('wordPairs', () => {
  it('C-25: splits at the first = and refuses words without a key', () => {
    assert.deepEqual(
      wordPairs(['a=b=c', 'e='], 'x').map(({ key, value }) => [key, value]),
      [
        ['a', 'b=c'],
        ['e', ''],
      ],
    );
    for (const word of ['b', '=c']) {
      assert.throws(() => wordPairs([word], 'An action name is required.'), {
        message: `Invalid argument(s): ${word}. An action name is required.`,
      });
    }
  });
});

describe('objectText', () => {
  it('is the JSON object of its entries whatever the keys are', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string(), fc.json()), { selector: ([key]) => key }), (members) => {
        const text = objectText(members.map(([key, value]) => ({ key, value })));
        const parsed = new Map(Object.entries(JSON.parse(text) as Record<string, unknown>));
        assert.equal(parsed.size, members.length);
        for (const [key, value] of members) assert.deepEqual(parsed.get(key), JSON.parse(value));
      }),
    ));
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
