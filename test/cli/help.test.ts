import assert from 'node:assert/strict';
import { CommandTree } from '../../src/lib/cli/argv/command-tree.js';
import { locateCommand } from '../../src/lib/cli/argv/locate-command.js';
import { globalFlags } from '../../src/lib/cli/flags/global.js';
import { helpPageNames } from '../../src/lib/cli/help/page-names.js';
import { programOfSources, runRt } from '../helpers/run-rt.js';
import { shellWords } from '../helpers/shell-words.js';

const program = programOfSources();
const tree = new CommandTree(new Set(Object.keys(program.commands)));

/** Words of an example line; redirections and pipes cut off. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.replace(/^\$ rt\s*/, '').split(/\s(?:[|<>]|&&)\s?/);
  return shellWords(command);
}

/** Fails unless the line is one that its command takes. */
async function assertParses(line: string): Promise<void> {
  // Imported as the commands are, so that both know the same kinds of flag.
  const { readCommandLine } = await import('../../src/lib/cli/argv/read-command-line.js');
  const destination = locateCommand(wordsOf(line), tree, globalFlags);
  if (destination.kind !== 'command') return;
  const command = (await program.commands[destination.id]?.())?.default;
  assert.ok(command !== undefined, line);
  const { problems } = readCommandLine(destination.id, destination.words, command);
  const messages = problems.map((problem) => problem.message);
  assert.deepEqual(messages, [], line);
}

describe('help', () => {
  it('C-77: is the same for every way to ask for it', async () => {
    const texts = await Promise.all(
      [
        ['kind', 'get', '--help'],
        ['help', 'kind', 'get'],
        ['help', 'kind:get'],
        ['--help', 'kinds', 'show'],
        ['kind:get', '-h'],
      ].map(async (argv) => (await runRt(argv)).stdout),
    );
    assert.equal(new Set(texts).size, 1);
    assert.match(texts[0] ?? '', /^Show one runtime kind\n\nUSAGE\n {2}rt kind get KIND \[flags\]\n/);
    assert.match(texts[0] ?? '', /\nALIASES\n {2}rt kind show\n/);
  });

  it('C-77: of a topic lists its commands, of the program its topics, both with status 0', async () => {
    const topic = await runRt(['kind']);
    assert.equal(topic.status, 0);
    assert.match(topic.stdout, /^ {2}kind list +List the runtime kinds/m);
    assert.deepEqual((await runRt(['help', 'kind'])).stdout, topic.stdout);
    assert.match((await runRt([])).stdout, /^ {2}property .*\.wskprops$/m);
    assert.match((await runRt(['help', 'exit-codes'])).stdout, /^ {2}127 +no such command$/m);
    assert.equal((await runRt(['help', 'nonsense'])).status, 127);
  });

  it('C-78: never exceeds the width of the terminal but for single words and examples', async () => {
    for (const page of helpPageNames) {
      const { stdout } = await runRt(['help', page], { columns: 60 });
      const lines = stdout.split('\n').filter((line) => /[a-z] [a-z]/u.test(line) && !/^ {2}[${]/u.test(line));
      for (const line of lines) assert.ok(line.length <= 60, `${page}: ${line}`);
    }
  });

  for (const page of helpPageNames) {
    it(`C-78: has a page rt help ${page}, listed in rt help, with command lines that parse`, async () => {
      const { stdout, status } = await runRt(['help', page]);
      assert.equal(status, 0);
      assert.ok((await runRt(['help'])).stdout.includes(`rt help ${page} `));
      for (const line of stdout.split('\n').filter((text) => text.startsWith('  $ rt')))
        await assertParses(line.trim());
    });
  }

  it('C-78: shows a page of prose before the topic with the same or a like word, and the topic without help', async () => {
    assert.match((await runRt(['help', 'kinds'])).stdout, /^How the kind of an action is found\n/);
    assert.match((await runRt(['kinds'])).stdout, /^the runtime kinds that the platform offers\n/);
    assert.equal((await runRt(['help', 'parameters'])).stdout, (await runRt(['help', 'params'])).stdout);
  });

  for (const [id, load] of Object.entries(program.commands)) {
    describe(`of rt ${id.replaceAll(':', ' ')}`, () => {
      it('C-78: has a summary, three examples, and a text for every flag and argument', async () => {
        const { default: command } = await load();
        assert.ok((command.summary ?? '') !== '');
        assert.ok(command.examples.length >= 3, `${String(command.examples.length)} examples`);
        for (const [name, flag] of Object.entries(command.flags)) {
          assert.ok(flag.hidden === true || (flag.summary ?? flag.description ?? '') !== '', `--${name}`);
        }
        for (const [name, arg] of Object.entries(command.args)) assert.ok((arg.description ?? '') !== '', name);
        assert.equal((await runRt(['help', ...id.split(':')])).status, 0);
      });

      it('C-78: has examples that parse', async () => {
        const { default: command } = await load();
        const texts = command.examples.map((example) => (typeof example === 'string' ? example : example.command));
        for (const line of texts.flatMap((text) => text.split('\n')).filter((text) => text.startsWith('$ rt')))
          await assertParses(line);
        assert.ok(texts.every((text) => text.includes('rt ')));
      });
    });
  }
});
