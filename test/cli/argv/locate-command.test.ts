import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CommandTree } from '../../../src/lib/cli/argv/command-tree.js';
import { type Destination, locateCommand } from '../../../src/lib/cli/argv/locate-command.js';
import { UnknownCommandError } from '../../../src/lib/cli/argv/unknown-command.js';
import { globalFlags } from '../../../src/lib/cli/flags/global.js';
import { UsageError } from '../../../src/lib/errors/client-errors.js';

const ids = [
  'action:create',
  'action:get',
  'action:invoke',
  'action:list',
  'action:delete',
  'activation:logs',
  'activation:result',
  'kind:list',
  'namespace:get',
  'namespace:log-forwarding:get',
  'package:delete',
  'project:deploy',
  'project:sync',
  'trigger:fire',
];
const tree = new CommandTree(new Set(ids));

function locate(line: string): Destination {
  return locateCommand(line === '' ? [] : line.split(' '), tree, globalFlags);
}

function command(id: string, ...words: string[]): Destination {
  return { kind: 'command', id, words };
}

describe('locateCommand', () => {
  const table: Readonly<Record<string, readonly (readonly [string, Destination])[]>> = {
    'C-1': [
      ['action create a b.js', command('action:create', 'a', 'b.js')],
      ['action:create a', command('action:create', 'a')],
      ['namespace log-forwarding:get', command('namespace:log-forwarding:get')],
      ['namespace:log-forwarding get', command('namespace:log-forwarding:get')],
      ['action get a:b', command('action:get', 'a:b')],
      ['action get list', command('action:get', 'list')],
      ['action create --help', command('action:create', '--help')],
    ],
    'C-2': [
      ['rt action list', command('action:list')],
      ['rt:action:list', command('action:list')],
      ['runtime action list', command('action:list')],
      ['wsk action list', command('action:list')],
      ['-wsk action list', command('action:list')],
    ],
    'C-3': [
      ['-i action list', command('action:list', '-i')],
      ['action -i list x', command('action:list', '-i', 'x')],
      ['--apihost h action --auth=k list', command('action:list', '--apihost', 'h', '--auth=k')],
      ['-u k:v action list', command('action:list', '-u', 'k:v')],
      ['-iv action list', command('action:list', '-iv')],
      ['rt -i action list', command('action:list', '-i')],
    ],
    'C-6': [
      ['ns lf get', command('namespace:log-forwarding:get')],
      ['act ls', command('action:list')],
      ['pkg rm p', command('package:delete', 'p')],
      ['runtimes ls', command('kind:list')],
      ['action show a', command('action:get', 'a')],
      ['logs x', command('activation:logs', 'x')],
      ['activation log x', command('activation:logs', 'x')],
      ['invoke a k=v', command('action:invoke', '--result', 'a', 'k=v')],
      ['url a', command('action:get', '--url', 'a')],
      ['list', command('namespace:get')],
      ['rt:list', command('namespace:get')],
      ['deploy', command('project:deploy')],
      ['deploy sync', command('project:sync')],
      ['deploy --x', command('project:deploy', '--x')],
    ],
    'C-7': [['action', { kind: 'help', path: ['action'], words: [] }]],
    'C-77': [
      ['', { kind: 'help', path: [], words: [] }],
      ['--help', { kind: 'help', path: [], words: ['--help'] }],
      ['help', { kind: 'help', path: [], words: [] }],
      ['action --help', { kind: 'help', path: ['action'], words: ['--help'] }],
      ['--help action create', { kind: 'help', path: ['action', 'create'], words: ['--help'] }],
      ['help action:create', { kind: 'help', path: ['action', 'create'], words: [] }],
      ['help act del', { kind: 'help', path: ['action', 'delete'], words: [] }],
      ['help exit-codes', { kind: 'help', path: ['exit-codes'], words: [] }],
      ['--version', { kind: 'version', words: [] }],
      ['-V', { kind: 'version', words: [] }],
      ['version', { kind: 'version', words: [] }],
    ],
  };
  for (const [rule, lines] of Object.entries(table)) {
    for (const [line, expected] of lines) {
      it(`${rule}: reads 'rt ${line}'`, () => {
        assert.deepEqual(locate(line), expected);
      });
    }
  }

  const unknown: readonly (readonly [string, string, string | undefined])[] = [
    ['action creat', "'action creat' is not an rt command", "did you mean 'rt action create'?"],
    ['action:creat x', "'action creat' is not an rt command", "did you mean 'rt action create'?"],
    ['acton creat', "'acton' is not an rt command", "did you mean 'rt action'?"],
    ['deploi', "'deploi' is not an rt command", "did you mean 'rt deploy'?"],
    ['fire', "'fire' is not an rt command", "did you mean 'rt trigger fire'?"],
    ['create-action', "'create-action' is not an rt command", "did you mean 'rt action create'?"],
    ['zzzzzz', "'zzzzzz' is not an rt command", "'rt help' lists the commands"],
    ['act c', "'action c' is not an rt command", "'rt help' lists the commands"],
    ['constructor', "'constructor' is not an rt command", "'rt help' lists the commands"],
    ['action __proto__', "'action __proto__' is not an rt command", "'rt help' lists the commands"],
  ];
  for (const [line, message, hint] of unknown) {
    it(`C-7, C-56: refuses 'rt ${line}' with 127 and a hint`, () => {
      assert.throws(
        () => locate(line),
        (error) => {
          assert.ok(error instanceof UnknownCommandError);
          assert.deepEqual([error.message, error.hint, error.exitStatus], [message, hint, 127]);
          return true;
        },
      );
    });
  }

  it('C-3: refuses a flag of a command before the command and shows the right place', () => {
    for (const line of ['--param a b action create', 'action --blocking invoke x']) {
      assert.throws(
        () => locate(line),
        (error) => error instanceof UsageError && /before the command$/.test(error.message) && error.hint !== undefined,
      );
    }
  });

  it('C-1, C-2, C-3: finds the same command with spaces, colons, prefixes and global flags anywhere', () => {
    const spelling = fc.record({
      id: fc.constantFrom(...ids),
      prefix: fc.constantFrom('', 'rt', 'wsk', 'runtime'),
      colons: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
      flags: fc.array(fc.constantFrom('-i', '--verbose', '--apihost=h', '-q'), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(spelling, ({ id, prefix, colons, flags }) => {
        const [first = '', ...rest] = id.split(':');
        const joined = rest.reduce((line, word, at) => line + (colons[at] === true ? ':' : ' ') + word, first);
        const words = [...(prefix === '' ? [] : [prefix]), ...flags, ...joined.split(' ')];
        assert.deepEqual(locateCommand([...words, 'x'], tree, globalFlags), command(id, ...flags, 'x'));
      }),
    );
  });
});
