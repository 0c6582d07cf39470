import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasPty, Pty } from '../helpers/pty.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

const program = fileURLToPath(new URL('../../bin/run.cjs', import.meta.url));

describe('C-61 prompts on a real terminal', function () {
  this.timeout(120_000);

  let home: TemporaryFolder;
  let pty: Pty | undefined;

  before(function () {
    if (hasPty()) return;
    console.error('SKIPPED LOUDLY: script of util-linux is missing, so no terminal can be had');
    this.skip();
  });

  beforeEach(() => {
    home = temporaryFolder('rt-pty-');
  });

  afterEach(async () => {
    await pty?.dispose();
    home.dispose();
  });

  function start(...words: readonly string[]): Pty {
    const env = { HOME: home.path, RT_HOME: join(home.path, 'rt'), RT_PLATFORM_PORT: '0', RT_NO_AUTOSTART: '1' };
    pty = Pty.start([process.execPath, program, ...words], { cwd: home.path, env });
    return pty;
  }

  it('C-56, C-61: asks whether the probable command should run, and takes no for an answer', async () => {
    const terminal = start('kind', 'lsit');
    await terminal.shows(/Run 'rt kind list' instead\?/);
    terminal.type('n\r');
    assert.equal(await terminal.exit, 127);
    assert.match(terminal.text, /'kind lsit' is not an rt command/);
  });

  it('C-63: Ctrl-C at a question ends with 130, shows the cursor again and prints no error', async () => {
    const terminal = start('kind', 'lsit');
    await terminal.shows(/Run 'rt kind list' instead\?/);
    terminal.type('\x03');
    assert.equal(await terminal.exit, 130);
    assert.doesNotMatch(terminal.text, /error|at \w+ \(/);
    assert.ok(
      terminal.raw.lastIndexOf('\x1b[?25h') >= terminal.raw.lastIndexOf('\x1b[?25l'),
      'the cursor stays hidden',
    );
  });

  it('C-61: asks nothing with --no-input', async () => {
    const terminal = start('kind', 'lsit', '--no-input');
    assert.equal(await terminal.exit, 127);
    assert.doesNotMatch(terminal.text, /instead\?/);
  });
});
