import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { runRt } from '../helpers/run-rt.js';
import { commandSnapshot, snapshotPath } from './command-snapshot.js';

describe('the surface of the program', () => {
  it('C-6: commands, aliases, arguments and flags are those of the snapshot; after a deliberate change, npm run snapshot', async () => {
    const expected: unknown = JSON.parse(await readFile(snapshotPath, 'utf8'));
    assert.deepEqual(JSON.parse(await commandSnapshot()), expected, 'npm run snapshot writes the new surface down');
  });

  it('C-79: rt commands lists every command with its aliases, arguments and flags', async () => {
    const { stdout, status } = await runRt(['commands', '--json']);
    assert.equal(status, 0);
    const { commands, globalFlags } = JSON.parse(stdout) as {
      commands: { command: string; aliases: string[]; args: object[]; flags: { name: string; type: string }[] }[];
      globalFlags: { name: string }[];
    };
    const invoke = commands.find(({ command }) => command === 'action invoke');
    assert.ok(invoke !== undefined);
    assert.deepEqual(invoke.args, [{ name: 'name', required: true }]);
    assert.ok(invoke.aliases.includes('actions invoke'));
    assert.equal(invoke.flags.find(({ name }) => name === 'param')?.type, 'pair');
    assert.ok(globalFlags.some(({ name }) => name === 'apihost'));
    const text = await runRt(['commands']);
    assert.match(text.stdout, /^Command +Summary\n/);
    assert.match(text.stdout, /^action create NAME \[CODE\] +Create an action$/m);
    assert.equal((await runRt(['commands', '--output', 'name'])).stdout.split('\n').length - 1, commands.length);
  });
});
