import assert from 'node:assert/strict';
import {
  accepts,
  initialState,
  next,
  type ProxyEffect,
  type ProxyEvent,
  type ProxyState,
} from '../../src/lib/invoker/container-proxy-state.js';

/** `running 2` or `running 1 leaving` or `ready` as a state. */
function state(text: string): ProxyState {
  const match = /^(starting|initializing|running|pausing|resuming) (\d)( leaving)?$/.exec(text);
  if (match === null) return { name: text } as ProxyState;
  return { name: match[1], jobs: Number(match[2]), leaving: match[3] !== undefined } as ProxyState;
}

function event(type: string): ProxyEvent {
  if (type === 'job done') return { type: 'job ended', reusable: true };
  if (type === 'job failed') return { type: 'job ended', reusable: false };
  return { type } as ProxyEvent;
}

const table: readonly (readonly [from: string, event: string, to: string, ...effects: ProxyEffect[]])[] = [
  ['starting 0', 'created', 'stem cell', 'offer'],
  ['starting 0', 'assigned', 'starting 1'],
  ['starting 1', 'created', 'initializing 1', 'initialize'],
  ['starting 0', 'dismissed', 'starting 0 leaving'],
  ['starting 0 leaving', 'created', 'removing', 'destroy'],
  ['starting 1', 'killed', 'starting 0 leaving', 'return'],
  ['starting 1', 'creation failed', 'removed', 'remove'],
  ['stem cell', 'assigned', 'initializing 1', 'initialize'],
  ['stem cell', 'gone', 'removing', 'destroy'],
  ['stem cell', 'dismissed', 'removing', 'destroy'],
  ['stem cell', 'grace expired', 'stem cell'],
  ['initializing 1', 'assigned', 'initializing 2'],
  ['initializing 2', 'initialized', 'running 2', 'run'],
  ['initializing 2', 'initialization failed', 'removing', 'return', 'destroy'],
  ['initializing 1', 'dismissed', 'initializing 1 leaving'],
  ['initializing 1 leaving', 'initialized', 'running 1 leaving', 'run'],
  ['running 1', 'job done', 'ready', 'offer'],
  ['running 1', 'job failed', 'removing', 'destroy'],
  ['running 2', 'job done', 'running 1', 'offer'],
  ['running 2', 'job failed', 'running 1 leaving'],
  ['running 1', 'assigned', 'running 2', 'run'],
  ['running 1', 'dismissed', 'running 1 leaving'],
  ['running 1', 'gone', 'running 1 leaving'],
  ['running 1 leaving', 'job done', 'removing', 'destroy'],
  ['running 1', 'killed', 'removing', 'return', 'destroy'],
  ['ready', 'assigned', 'running 1', 'run'],
  ['ready', 'grace expired', 'pausing 0', 'pause'],
  ['ready', 'gone', 'removing', 'destroy'],
  ['pausing 0', 'paused', 'paused'],
  ['pausing 0', 'assigned', 'pausing 1'],
  ['pausing 1', 'paused', 'resuming 1', 'resume'],
  ['pausing 0', 'pause failed', 'removing', 'return', 'destroy'],
  ['pausing 1', 'pause failed', 'removing', 'return', 'destroy'],
  ['pausing 0', 'dismissed', 'removing', 'destroy'],
  ['pausing 1', 'gone', 'removing', 'return', 'destroy'],
  ['paused', 'assigned', 'resuming 1', 'resume'],
  ['paused', 'dismissed', 'removing', 'destroy'],
  ['resuming 1', 'resumed', 'running 1', 'run'],
  ['resuming 1', 'resume failed', 'removing', 'return', 'destroy'],
  ['resuming 1', 'gone', 'removing', 'return', 'destroy'],
  ['resuming 1', 'dismissed', 'resuming 1 leaving'],
  ['removing', 'destroyed', 'removed', 'remove'],
  ['removing', 'job failed', 'removing'],
  ['removing', 'gone', 'removing'],
  ['removed', 'gone', 'removed'],
  ['removed', 'destroyed', 'removed'],
];

describe('container proxy state', () => {
  for (const [from, type, to, ...effects] of table) {
    it(`goes from ${from} by "${type}" to ${to}, doing ${effects.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(next(state(from), event(type)), { state: state(to), effects });
    });
  }

  it('accepts work up to its slots unless it is leaving', () => {
    assert.equal(accepts(initialState, 1), true);
    assert.equal(accepts(state('running 1'), 1), false);
    assert.equal(accepts(state('running 1'), 2), true);
    assert.equal(accepts(state('running 1 leaving'), 2), false);
    assert.equal(accepts(state('ready'), 1), true);
    assert.equal(accepts(state('paused'), 1), true);
    assert.equal(accepts(state('pausing 0'), 1), true);
    assert.equal(accepts(state('removing'), 1), false);
    assert.equal(accepts(state('removed'), 1), false);
  });
});
