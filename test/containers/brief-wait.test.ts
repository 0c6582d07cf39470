import assert from 'node:assert/strict';
import { BriefWait } from '../../src/lib/containers/process/brief-wait.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

describe('the brief wait for a quick answer', () => {
  let clock: VirtualClock;
  let turns: (() => void)[];
  let wait: BriefWait;

  beforeEach(() => {
    clock = new VirtualClock();
    turns = [];
    wait = new BriefWait({ clock, nextTurn: (callback) => turns.push(callback) });
  });

  /** Runs the turn that was asked for; says whether there was one. */
  function turn(): boolean {
    const callbacks = turns.splice(0);
    for (const callback of callbacks) callback();
    return callbacks.length > 0;
  }

  /** One request whose answer comes after so many milliseconds; says whether the process stayed awake for it. */
  async function request(time: number): Promise<boolean> {
    wait.sent();
    const awake = turn();
    await clock.advance(time);
    turn();
    wait.answered();
    turn();
    return awake;
  }

  it('asks for one turn after the other until the answer has come', () => {
    wait.sent();
    for (let count = 0; count < 20; count += 1) assert.ok(turn());
    wait.answered();
    turn();
    assert.equal(turn(), false);
  });

  it('ends after a fifth of a millisecond', async () => {
    wait.sent();
    assert.ok(turn());
    await clock.advance(1);
    assert.ok(turn());
    assert.equal(turn(), false);
  });

  it('is not begun while another request is under way, and ends when one is sent', () => {
    wait.sent();
    wait.sent();
    assert.ok(turn());
    assert.equal(turn(), false);
    wait.answered();
    wait.sent();
    assert.equal(turn(), false);
  });

  it('is left out for more and more requests while it is in vain, and comes back with a quick one', async () => {
    const awake = [];
    for (let count = 0; count < 15; count += 1) awake.push(await request(10));
    assert.deepEqual(
      awake.flatMap((was, index) => (was ? [index] : [])),
      [0, 3, 8],
    );
    while (!(await request(0)));
    assert.ok(await request(0));
  });
});
