import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertOutput } from '../helpers/expected-output.js';

interface Step {
  readonly command: string;
  readonly expected: readonly string[];
}

/** The `$ command` lines of the README's console blocks, each with the output lines below it. */
function tourSteps(readme: string): Step[] {
  const steps: { command: string; expected: string[] }[] = [];
  for (const block of readme.matchAll(/^```console\n([\s\S]*?)^```$/gmu)) {
    for (const line of (block[1] ?? '').split('\n').slice(0, -1)) {
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), expected: [] });
      else steps.at(-1)?.expected.push(line);
    }
  }
  return steps;
}

describe('README', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let home: string;
  let environment: Record<string, string>;

  /** Runs one line in a shell as a reader would type it: both streams together. */
  async function run(command: string): Promise<string> {
    return await new Promise((resolve) => {
      const options = { cwd: join(home, 'work'), env: environment, encoding: 'utf8', timeout: 60_000 } as const;
      execFile('/bin/sh', ['-c', `{ ${command}\n} 2>&1`], options, (_error, stdout) => {
        resolve(stdout);
      });
    });
  }

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'rt-readme-'));
    await mkdir(join(home, 'bin'));
    await mkdir(join(home, 'work'));
    await symlink(join(root, 'bin', 'run.cjs'), join(home, 'bin', 'rt'));
    environment = {
      HOME: home,
      PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
      RT_HOME: join(home, 'rt'),
      RT_PLATFORM_PORT: '0',
      RT_PLATFORM_DRIVER: 'process',
    };
  });

  after(async () => {
    await run('rt platform stop --force');
    await rm(home, { recursive: true, force: true });
  });

  it('shows in its sixty-second tour what the commands really print', async () => {
    const steps = tourSteps(await readFile(join(root, 'README.md'), 'utf8'));
    assert.ok(steps.length >= 10, 'the tour has commands');
    // The first command starts the platform and says so once; the tour shows the answers only.
    await run('rt platform start');
    for (const step of steps) assertOutput(step.expected, await run(step.command), step.command);
  }).timeout(120_000);
});
