import assert from 'node:assert/strict';
import { selectsTopic } from '../../src/lib/cli/traces.js';
import { hasColors, isQuiet, maySpeak, outputModeOf, tracesOf } from '../../src/lib/cli/run-settings.js';

describe('run settings', () => {
  const values = (entries: Record<string, string | boolean>): Map<string, string | boolean> =>
    new Map(Object.entries(entries));

  it('take the output format from flags before RT_OUTPUT', () => {
    assert.deepEqual(outputModeOf(values({}), { RT_OUTPUT: 'json' }, false), { format: 'json' });
    assert.deepEqual(outputModeOf(values({ output: 'text' }), { RT_OUTPUT: 'json' }, false), { format: 'text' });
    assert.deepEqual(outputModeOf(values({ json: 'pretty' }), {}, false), { format: 'json', pretty: true });
    assert.deepEqual(outputModeOf(values({ output: 'raw' }), {}, true), { format: 'text' });
    assert.deepEqual(outputModeOf(values({ output: 'json' }), {}, true), { format: 'json' });
    assert.deepEqual(outputModeOf(values({}), { RT_OUTPUT: 'nonsense' }, false), { format: 'text' });
  });

  it('follow the colour conventions', () => {
    const tty = { isTTY: true };
    assert.equal(hasColors(values({}), {}, tty), true);
    assert.equal(hasColors(values({}), {}, {}), false);
    assert.equal(hasColors(values({}), { NO_COLOR: '1' }, tty), false);
    assert.equal(hasColors(values({ color: true }), { NO_COLOR: '1' }, {}), true);
    assert.equal(hasColors(values({ color: false }), {}, tty), false);
    assert.equal(hasColors(values({}), { FORCE_COLOR: '1' }, {}), true);
    assert.equal(hasColors(values({}), { FORCE_COLOR: '0' }, tty), false);
    assert.equal(hasColors(values({}), { TERM: 'dumb' }, tty), false);
    assert.equal(hasColors(values({}), { CLICOLOR: '0' }, tty), false);
  });

  it('allow prompts only between two terminals without any prohibition', () => {
    const streams = { stdin: { isTTY: true }, stderr: { isTTY: true } };
    assert.equal(maySpeak(values({}), {}, streams), true);
    assert.equal(maySpeak(values({}), {}, { ...streams, stdin: {} }), false);
    for (const env of [{ CI: 'true' }, { RT_NO_INPUT: '1' }, { RT_OUTPUT: 'json' }, { RT_QUIET: '1' }]) {
      assert.equal(maySpeak(values({}), env, streams), false);
    }
    assert.equal(maySpeak(values({}), { CI: 'false' }, streams), true);
    assert.equal(maySpeak(values({ 'no-input': true }), {}, streams), false);
  });

  it('know the variables for traces and silence', () => {
    assert.equal(tracesOf(values({ verbose: true }), {}).level, 'verbose');
    assert.equal(tracesOf(values({}), { DEBUG: 'rt*' }).level, 'debug');
    assert.equal(tracesOf(values({}), { DEBUG: 'express' }).level, 'off');
    assert.equal(tracesOf(values({}), { WSK_CLI_DEBUG: '1' }).level, 'debug');
    assert.equal(isQuiet(values({}), { RT_QUIET: '1' }), true);
  });

  it('narrow --debug to topics', () => {
    const shown = (filter: string): string[] => {
      const traces = tracesOf(values({ debug: filter }), {});
      return (['http', 'config', 'stack'] as const).filter((topic) => traces.of(topic) !== 'off');
    };
    assert.deepEqual(shown('*'), ['http', 'config', 'stack']);
    assert.deepEqual(shown('rt*'), ['http', 'config', 'stack']);
    assert.deepEqual(shown('http'), ['http']);
    assert.deepEqual(shown('rt:config,stack'), ['config', 'stack']);
    assert.deepEqual(shown('-http'), ['config', 'stack']);
    assert.deepEqual(shown('*,-s*'), ['http', 'config']);
    assert.deepEqual([selectsTopic('nothing'), selectsTopic('h.*'), selectsTopic('h*')], [false, false, true]);
    const fromVariable = tracesOf(values({}), { DEBUG: 'express rt:config' });
    assert.deepEqual([fromVariable.of('config'), fromVariable.of('http')], ['debug', 'off']);
    const verbose = tracesOf(values({ verbose: true }), {});
    assert.deepEqual([verbose.of('http'), verbose.of('stack')], ['verbose', 'off']);
  });
});
