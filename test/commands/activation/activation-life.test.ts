import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';
import type { RunResult } from '../../helpers/run-rt.js';
import { waitUntil } from '../../helpers/wait-until.js';

const slow = `main = async ({ ms }) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  console.log('slow is done');
  return {};
}`;

describe('activations on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', `main = ({ name }) => { console.log('hello', name); return { name }; }`);
    await rt.folder.write('slow.js', slow);
    await rt.folder.write('fail.js', `main = () => ({ error: 'deliberate' })`);
    await rt.ok('package create pkg');
    for (const name of ['hello', 'slow', 'fail']) await rt.ok(`action create ${name} ${name}.js`);
    await rt.ok('action create pkg/hello hello.js');
  });

  after(async () => {
    await rt.dispose();
  });

  async function invoke(line: string): Promise<string> {
    const { activationId } = (await rt.json(`action invoke ${line}`)) as { activationId: string };
    return activationId;
  }

  /** Runs a command that goes on. */
  function start(line: string): { shows(text: string): Promise<void>; stop(): Promise<RunResult> } {
    const interruption = new AbortController();
    let output = '';
    const onOutput = (text: string): void => {
      output += text;
    };
    const running = rt.run(`${line} --interval 100ms`, { signal: interruption.signal, onOutput });
    return {
      shows: (text) => waitUntil(`'${line}' shows ${text}`, () => output.includes(text), 60_000),
      stop: () => {
        interruption.abort();
        return running;
      },
    };
  }

  it('C-67, C-52: waits for an activation that runs, and reflects how it ended', async () => {
    const id = await invoke('slow -p ms 500');
    const { status, stdout } = await rt.run(`activation wait ${id}`);
    assert.match(stdout, new RegExp(`^ok: activation ${id} ended: success after \\d`));
    assert.equal(status, 0);
    const failed = await invoke('fail');
    assert.equal((await rt.run(`activation wait ${failed} -q`)).status, 246);
    assert.equal((await rt.run(`activation result ${failed} --exit-status`)).status, 246);
    assert.equal((await rt.run(`activation result ${failed}`)).status, 0);
  });

  it('C-66: polls what happens meanwhile, each once, also what ends after it began earlier', async () => {
    const early = await invoke('slow -p ms 1500');
    const poll = start('activation poll --strip');
    await poll.shows('Enter Ctrl-c');
    const ids = [early];
    for (const name of ['a', 'b', 'c']) {
      const line = `action invoke hello -p name ${name} --blocking --json`;
      ids.push((JSON.parse((await rt.run(line)).stdout) as { activationId: string }).activationId);
    }
    for (const id of ids.toReversed()) await poll.shows(id);
    const { stdout, status } = await poll.stop();
    assert.equal(status, 130);
    for (const id of ids) assert.equal(stdout.split(`(${id})`).length, 2, stdout);
    assert.match(stdout, /^Activation: 'slow' \(\w{32}\) success \d.*s\nslow is done$/m);
    const past = await rt.run('activation poll --exit 0 --since-minutes 5');
    for (const id of ids) assert.equal(past.stdout.split(`(${id})`).length, 2, past.stdout);
  });

  it('follows the logs of one package', async () => {
    await rt.run('action invoke pkg/hello -b -p name earlier');
    const follow = start('activation logs --follow --package pkg --strip');
    await follow.shows('hello earlier');
    await rt.run('action invoke hello -b -p name other');
    await rt.run('action invoke pkg/hello -b -p name mine');
    await follow.shows('hello mine');
    assert.equal((await follow.stop()).stdout, 'hello earlier\nhello mine\n');
  });

  it('C-65: shows logs of the latest, of an action, and since a time', async () => {
    await rt.run('action invoke hello -b -p name first');
    await rt.run('action invoke pkg/hello -b -p name second');
    assert.match((await rt.run('activation logs')).stderr, /^=== activation logs \w{32} hello\n$/);
    assert.equal(await rt.ok('activation logs --last -r'), 'hello second\n');
    assert.equal((await rt.run('activation logs --action hello -r')).stdout, 'hello first\n');
    assert.equal((await rt.run('activation logs -p pkg -r')).stdout, 'hello second\n');
    assert.match((await rt.run('activation logs --since 5m -r')).stdout, /hello first\nhello second\n$/);
  });

  it('polls the activations of a trigger', async () => {
    await rt.ok('trigger create t');
    await rt.ok('rule create r t hello');
    await rt.ok('trigger fire t');
    // A platform may write the record of a trigger after it has answered.
    const poll = start('activation poll t --since-minutes 5');
    await poll.shows("Activation: 't'");
    const { stdout } = await poll.stop();
    assert.match(stdout, /^Activation: 't' \(\w{32}\) success --\n\{.*"action":"guest\/hello".*\}\n$/);
  });
});
