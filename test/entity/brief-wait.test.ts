import assert from 'node:assert/strict';
import { BriefWait } from '../../src/lib/entity/brief-wait.js';

describe('the brief wait for what is about to come', () => {
  let now: number;
  let turns: (() => void)[];
  const machine = { now: () => now, nextTurn: (callback: () => void) => void turns.push(callback) };

  beforeEach(() => {
    now = 0;
    turns = [];
  });

  /** Runs the turns that were asked for; says how many. */
  function turn(): number {
    const callbacks = turns.splice(0);
    for (const callback of callbacks) callback();
    return callbacks.length;
  }

  /** One request whose answer comes after so many milliseconds; says whether the process stayed awake for it. */
  function request(wait: BriefWait, time: number): boolean {
    wait.begin();
    const awake = turn() > 0;
    now += time;
    turn();
    wait.end();
    turn();
    return awake;
  }

  it('asks for one turn after the other until the answer has come', () => {
    const wait = new BriefWait(1, machine);
    wait.begin();
    for (let count = 0; count < 20; count += 1) assert.equal(turn(), 1);
    wait.end();
    turn();
    assert.equal(turn(), 0);
  });

  it('ends after half a millisecond', () => {
    const wait = new BriefWait(1, machine);
    wait.begin();
    now += 0.4;
    assert.equal(turn(), 1);
    now += 0.1;
    assert.equal(turn(), 1);
    assert.equal(turn(), 0);
  });

  it('is begun only with the amount it was made for, and ends when that changes', () => {
    const answers = new BriefWait(1, machine);
    answers.begin();
    answers.begin();
    turn();
    assert.equal(turn(), 0);
    answers.end();
    assert.equal(turn(), 1);
    answers.end();
    turn();
    assert.equal(turn(), 0);
    const callers = new BriefWait(0, machine);
    callers.begin();
    assert.equal(turn(), 0);
    callers.end();
    for (let count = 0; count < 20; count += 1) assert.equal(turn(), 1);
    callers.begin();
    turn();
    assert.equal(turn(), 0);
  });

  it('goes on once, however quickly one follows the other', () => {
    const wait = new BriefWait(1, machine);
    for (let count = 0; count < 5; count += 1) {
      wait.begin();
      wait.end();
    }
    wait.begin();
    turn();
    assert.equal(turn(), 1);
  });

  it('is left out more and more often while it is in vain, and comes back with a quick answer', () => {
    const wait = new BriefWait(1, machine);
    const awake = Array.from({ length: 15 }, () => request(wait, 10));
    assert.deepEqual(
      awake.flatMap((was, index) => (was ? [index] : [])),
      [0, 3, 8],
    );
    while (!request(wait, 0));
    assert.ok(request(wait, 0));
  });
});
