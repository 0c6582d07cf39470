import assert from 'node:assert/strict';
import { string as stringArg } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import fc from 'fast-check';
import type { CommandLine } from '../../../src/lib/cli/argv/command-line.js';
import { type LineGrammar, readCommandLine } from '../../../src/lib/cli/argv/read-command-line.js';
import { globalFlags } from '../../../src/lib/cli/flags/global.js';
import { optionalValueFlag } from '../../../src/lib/cli/flags/optional-value.js';
import { decodePair, encodePair, pairFlag } from '../../../src/lib/cli/flags/pair.js';

const grammar: LineGrammar = {
  flags: {
    param: pairFlag({ char: 'p' }),
    'param-file': string({ char: 'P', multiple: true, multipleNonGreedy: true }),
    kind: string({}),
    result: boolean({ char: 'r' }),
    blocking: boolean({ char: 'b', allowNo: true }),
    deployment: string({ char: 'd' }),
    last: boolean({ exclusive: ['result'] }),
    shared: string({ options: ['yes', 'no'] }),
    sequence: optionalValueFlag({
      optionalValue: { bare: '', takes: (word, positionals) => positionals > 0 || word.includes(',') },
    }),
  },
  baseFlags: globalFlags,
  args: { name: stringArg({ required: true }), file: stringArg() },
  strict: true,
  argumentsNeeded: 'An action name is required.',
};

function read(...words: string[]): CommandLine {
  return readCommandLine('action:create', words, grammar);
}

/** Words before `--`, pairs decoded as `KEY=VALUE`. */
function flagsOf(line: CommandLine): string[] {
  return line.words
    .slice(0, line.words.indexOf('--'))
    .map((word) => (word.includes('\u0000') ? `${decodePair(word).key}=${decodePair(word).value}` : word));
}

describe('readCommandLine', () => {
  const good: readonly (readonly [string, string[], string[], string[]])[] = [
    ['C-5', ['-p', 'name', 'Bob', 'a', 'f.js'], ['--param', 'name=Bob'], ['a', 'f.js']],
    ['C-20', ['a', '-p', '-x', '1'], ['--param', '-x=1'], ['a']],
    ['C-20', ['a', '-p', 'y', '-5', '-p', 'z', ''], ['--param', 'y=-5', '--param', 'z='], ['a']],
    ['C-20', ['a', '-p', '--json', '--'], ['--param', '--json=--'], ['a']],
    ['C-20', ['a', '--param=k=a=b'], ['--param', 'k=a=b'], ['a']],
    ['C-20', ['a', '-p=k=v'], ['--param', 'k=v'], ['a']],
    ['C-4', ['a', '--kind', 'x', '--kind=y'], ['--kind', 'y'], ['a']],
    ['C-4', ['a', '-rb'], ['--result', '--blocking'], ['a']],
    ['C-4', ['a', '--no-blocking'], ['--no-blocking'], ['a']],
    ['C-4', ['a', '--blocking=false'], ['--no-blocking'], ['a']],
    ['C-26', ['a', '-Pf', '-P=g', '-P', 'h'], ['--param-file', 'f', '--param-file', 'g', '--param-file', 'h'], ['a']],
    ['C-26', ['a', '-P', '-'], ['--param-file', '-'], ['a']],
    ['C-4', ['a', '-rd', 'x'], ['--result', '--deployment', 'x'], ['a']],
    ['C-4', ['--', '-a', '--b'], [], ['-a', '--b']],
    ['C-38', ['a', '--sequence', 'x'], ['--sequence', 'x'], ['a']],
    ['C-38', ['--sequence', 'x,y', 'a'], ['--sequence', 'x,y'], ['a']],
    ['C-38', ['--sequence', 'a', 'x,y'], ['--sequence', ''], ['a', 'x,y']],
    ['C-38', ['a', 'x,y', '--sequence'], ['--sequence', ''], ['a', 'x,y']],
    ['C-49', ['a', '--json'], ['--json', 'auto'], ['a']],
    ['C-49', ['a', '--json=pretty'], ['--json', 'pretty'], ['a']],
    ['C-12', ['a', '--use-runtime-auth', '-v'], ['--use-runtime-auth', '--verbose'], ['a']],
  ];
  for (const [rule, words, flags, positionals] of good) {
    it(`${rule}: reads ${JSON.stringify(words)}`, () => {
      const line = read(...words);
      assert.deepEqual(
        line.problems.map((problem) => problem.message),
        [],
      );
      assert.deepEqual(flagsOf(line), flags);
      assert.deepEqual(line.positionals, positionals);
    });
  }

  const bad: readonly (readonly [string, string[], string[], (string | undefined)?])[] = [
    ['C-55', [], ['Invalid argument(s). An action name is required.']],
    ['C-55', ['a', 'b', 'c', 'd'], ['Invalid argument(s): c, d. An action name is required.']],
    ['C-55', ['a', '--kind'], ['Flag --kind expects a value']],
    ['C-55', ['a', '--kind', '--result'], ['Flag --kind expects a value']],
    ['C-4', ['a', '--kind', '-x'], ['Flag --kind expects a value'], "write --kind=-x if '-x' is the value"],
    ['C-55, C-56', ['a', '--boking'], ['Unknown flag --boking'], undefined],
    ['C-55, C-56', ['a', '--blokcing'], ['Unknown flag --blokcing'], 'did you mean --blocking?'],
    ['C-55', ['a', '-rx'], ['Unknown flag -x']],
    ['C-20', ['a', '-p', 'k'], ["Arguments for '-p' must be a key/value pair"]],
    ['C-20', ['a', '-p'], ["Arguments for '-p' must be a key/value pair"]],
    ['C-20', ['a', '--param=k'], ["Arguments for '--param' must be a key/value pair"]],
    ['C-20', ['a', '-p', '', 'v'], ["Arguments for '-p' must have a key that is not empty"]],
    [
      'C-20',
      ['a', '-p', 'name=Bob'],
      ["'-p' takes a key and a value as two words"],
      'write -p name Bob, or --param=name=Bob',
    ],
    [
      'C-55, C-56',
      ['a', '--shared', 'yess'],
      ["Invalid value 'yess' for --shared: expected one of yes, no"],
      'did you mean yes?',
    ],
    ['C-55', ['a', '--last', '-r'], ['Cannot use --last together with --result']],
    ['C-55', ['a', '--result=maybe'], ["Invalid value 'maybe' for --result: expected true or false"]],
    ['C-59', ['--one', '--two'], ['Unknown flag --one', 'Unknown flag --two']],
    ['C-59', ['--kind'], ['Flag --kind expects a value', 'Invalid argument(s). An action name is required.']],
  ];
  for (const [rule, words, messages, hint] of bad) {
    it(`${rule}: refuses ${JSON.stringify(words)}`, () => {
      const { problems } = read(...words);
      assert.deepEqual(
        problems.map((problem) => problem.message),
        messages,
      );
      if (hint !== undefined) assert.equal(problems[0]?.hint, hint);
    });
  }

  it('C-11: lets the short flag of the command win over a global one', () => {
    assert.deepEqual(flagsOf(read('a', '-d', 'file')), ['--deployment', 'file']);
  });

  it('C-5, C-20: passes every pair through, whatever its two words look like', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.nat(), (text, value, position) => {
        const key = text.replaceAll('\u0000', '_');
        fc.pre(!(key.includes('=') && value.startsWith('-')));
        const plain = value.replaceAll('\u0000', '_');
        assert.deepEqual(decodePair(encodePair({ key, value: plain, position })), { key, value: plain, position });
        assert.deepEqual(flagsOf(read('a', '-p', key, plain)), ['--param', `${key}=${plain}`]);
        assert.deepEqual(flagsOf(read('-p', key, plain, 'a')), ['--param', `${key}=${plain}`]);
      }),
    );
  });

  it('C-4: takes words after -- as they are, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (before, after) => {
        read(...before);
        assert.deepEqual(readCommandLine('x', ['--', ...after], { ...grammar, strict: false }).positionals, after);
      }),
    );
  });
});
