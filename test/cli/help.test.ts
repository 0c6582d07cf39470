import assert from 'node:assert/strict';
import { CommandTree, locateCommand } from '../../src/lib/cli/argv/locate-command.js';
import { globalFlags } from '../../src/lib/cli/flags/global.js';
import { programOfSources, runRt } from '../helpers/run-rt.js';

const program = programOfSources();
const tree = new CommandTree(new Set(Object.keys(program.commands)));

/** Words of an example line; quotes as in a shell, redirections and pipes cut off. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.replace(/^\$ rt\s*/, '').split(/\s(?:[|<>]|&&)\s?/);
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe('help', () => {
  it('is the same for every way to ask for it', async () => {
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

  it('of a topic lists its commands, of the program its topics, both with status 0', async () => {
    const topic = await runRt(['kind']);
    assert.equal(topic.status, 0);
    assert.match(topic.stdout, /^ {2}kind list {2}List the runtime kinds/m);
    assert.deepEqual((await runRt(['help', 'kind'])).stdout, topic.stdout);
    assert.match((await runRt([])).stdout, /^ {2}property .*\.wskprops$/m);
    assert.match((await runRt(['help', 'exit-codes'])).stdout, /^ {2}127 +no such command$/m);
    assert.equal((await runRt(['help', 'nonsense'])).status, 127);
  });

  it('never exceeds the width of the terminal but for single words and examples', async () => {
    const { stdout } = await runRt(['help', 'connection'], { columns: 60 });
    for (const line of stdout.split('\n')) assert.ok(line.length <= 60, line);
  });

  for (const [id, load] of Object.entries(program.commands)) {
    describe(`of rt ${id.replaceAll(':', ' ')}`, () => {
      it('has a summary, three examples, and a text for every flag and argument', async () => {
        const { default: command } = await load();
        assert.ok((command.summary ?? '') !== '');
        assert.ok(command.examples.length >= 3, `${String(command.examples.length)} examples`);
        for (const [name, flag] of Object.entries(command.flags)) {
          assert.ok(flag.hidden === true || (flag.summary ?? flag.description ?? '') !== '', `--${name}`);
        }
        for (const [name, arg] of Object.entries(command.args)) assert.ok((arg.description ?? '') !== '', name);
        assert.equal((await runRt(['help', ...id.split(':')])).status, 0);
      });

      it('has examples that parse', async () => {
        // Imported as the commands are, so that both know the same kinds of flag.
        const { readCommandLine } = await import('../../src/lib/cli/argv/read-command-line.js');
        const { default: command } = await load();
        const texts = command.examples.map((example) => (typeof example === 'string' ? example : example.command));
        for (const line of texts.flatMap((text) => text.split('\n')).filter((text) => text.startsWith('$ rt'))) {
          const destination = locateCommand(wordsOf(line), tree, globalFlags);
          if (destination.kind !== 'command') continue;
          const other = (await program.commands[destination.id]?.())?.default;
          assert.ok(other !== undefined, line);
          const parsed = readCommandLine(destination.id, destination.words, other);
          assert.deepEqual(
            parsed.problems.map((problem) => problem.message),
            [],
            line,
          );
        }
        assert.ok(texts.every((text) => text.includes('rt ')));
      });
    });
  }
});
