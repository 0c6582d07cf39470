import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/lib/controller/compositions/activation-order.js';
import { parseComponentName } from '../../../src/lib/controller/compositions/component-name.js';
import {
  type CompositionState,
  nextInComposition,
  runConductor,
} from '../../../src/lib/controller/compositions/composition-plan.js';
import {
  beginSequence,
  nextInSequence,
  type SequenceState,
} from '../../../src/lib/controller/compositions/sequence-plan.js';
import type { JsonValue } from '../../../src/lib/entity/json.js';
import { failure } from '../../../src/lib/invoker/result-mapping.js';

const success = (value: unknown): Outcome => ({ statusCode: 0, result: JSON.stringify(value), size: 7 });

describe('the plan of a sequence', () => {
  const state: SequenceState = { left: ['/ns/b', '/ns/c'], payload: {}, used: { atomic: 0 } };

  it('23.166 begins with the first component, also when the payload has an error', () => {
    const payload = { error: 'x' };
    assert.deepEqual(beginSequence({ left: ['/ns/a', '/ns/b'], payload, used: { atomic: 3 } }), {
      kind: 'run',
      component: '/ns/a',
      state: { left: ['/ns/b'], payload, used: { atomic: 3 } },
    });
  });

  it('23.162 23.173 a result is the payload of the next component, an array too', () => {
    for (const result of [{ a: 1 }, [1, 2]]) {
      const turn = nextInSequence(state, { kind: 'ended', outcome: success(result), used: { atomic: 1 } });
      assert.deepEqual(turn, {
        kind: 'run',
        component: '/ns/b',
        state: { left: ['/ns/c'], payload: result, used: { atomic: 1 } },
      });
    }
  });

  it('ends with what the last component gave, as the text it is', () => {
    const outcome: Outcome = { statusCode: 0, result: '{ "n": 1.0 }', size: 12 };
    const turn = nextInSequence({ ...state, left: [] }, { kind: 'ended', outcome, used: { atomic: 2 } });
    assert.deepEqual(turn, { kind: 'end', outcome, used: { atomic: 2 } });
  });

  it('23.165 23.168 stops on errors, faults of the platform and missing components', () => {
    const stops: [Parameters<typeof nextInSequence>[1], Outcome][] = [
      [{ kind: 'ended', outcome: failure(1, 'e'), used: { atomic: 0 } }, failure(1, 'e')],
      [{ kind: 'ended', outcome: failure(2, 'e'), used: { atomic: 0 } }, failure(2, 'e')],
      [{ kind: 'ended', outcome: success({ error: 1 }), used: { atomic: 0 } }, success({ error: 1 })],
      [{ kind: 'failed', outcome: failure(3, 'f') }, failure(3, 'f')],
      [{ kind: 'missing' }, failure(1, 'Sequence component does not exist.')],
    ];
    for (const [event, outcome] of stops) {
      assert.deepEqual(nextInSequence(state, event), { kind: 'end', outcome, used: { atomic: 0 } });
    }
  });

  it('stops at fifty atomic actions, those of enclosing sequences included', () => {
    const ended = { kind: 'ended', outcome: success({}), used: { atomic: 50 } } as const;
    const outcome = failure(1, 'Too many actions in the sequence.');
    assert.deepEqual(nextInSequence(state, ended), { kind: 'end', outcome, used: { atomic: 50 } });
    assert.equal(nextInSequence({ ...state, left: [] }, ended).kind, 'end');
    assert.equal(nextInSequence(state, { ...ended, used: { atomic: 49 } }).kind, 'run');
  });
});

describe('the plan of a composition', () => {
  const state: CompositionState = { callerNamespace: 'ns', counts: { components: 1, conductors: 1 } };
  const afterConductor = (result: unknown, from = state): ReturnType<typeof nextInComposition> =>
    nextInComposition(from, { kind: 'conductor ended', outcome: success(result) });

  it('23.174 ends without an action: with params, boxed, or with the whole result', () => {
    const ends: [unknown, unknown][] = [
      [{ params: { x: 1 }, y: 2 }, { x: 1 }],
      [{ params: 3 }, { value: 3 }],
      [
        { x: 1, state: { s: 1 } },
        { x: 1, state: { s: 1 } },
      ],
      [['a'], ['a']],
    ];
    for (const [result, expected] of ends) {
      const turn = afterConductor(result);
      assert.ok(turn.kind === 'end');
      assert.deepEqual(JSON.parse(turn.outcome.result), expected);
    }
  });

  it('keeps the status of the last conductor run', () => {
    const turn = nextInComposition(state, { kind: 'conductor ended', outcome: failure(2, 'x') });
    assert.deepEqual(turn, { kind: 'end', outcome: failure(2, 'x'), state });
  });

  it('23.175 23.180 runs the component with params and remembers the state, both boxed', () => {
    const name = { namespace: 'ns', package: '', name: 'inc' };
    const cases: [Record<string, unknown>, unknown, unknown][] = [
      [{ params: { n: 1 }, state: { s: 1 } }, { n: 1 }, { s: 1 }],
      [{ params: 3, state: 3 }, { value: 3 }, { state: 3 }],
      [{ params: null, state: [1] }, { value: null }, { state: [1] }],
      [{}, {}, undefined],
    ];
    for (const [fields, payload, remembered] of cases) {
      const turn = afterConductor({ action: 'inc', ...fields }, { ...state, remembered: { old: 1 } });
      assert.deepEqual(turn, { kind: 'component', name, payload, state: { ...state, remembered } });
    }
  });

  it('23.175 the state wins over the result of the component', () => {
    const from = { ...state, remembered: { s: 1 } };
    const counts = { components: 2, conductors: 1 };
    const ended = (result: unknown): ReturnType<typeof nextInComposition> =>
      nextInComposition(from, { kind: 'component ended', outcome: success(result), counts });
    const turn = ended({ n: 2, s: 0 });
    assert.deepEqual(turn, {
      kind: 'conductor',
      payload: { n: 2, s: 1 },
      state: { ...from, counts: { components: 2, conductors: 2 } },
    });
    const boxed = ended([1]);
    assert.deepEqual(boxed.kind === 'conductor' && boxed.payload, { value: [1], s: 1 });
  });

  it('23.178 a bad name, and one component too many, are told to the conductor', () => {
    const full = { ...state, counts: { components: 50, conductors: 1 } };
    const cases: [JsonValue, CompositionState, string][] = [
      [42, state, 'Failed to parse action name from json value 42 during composition.'],
      ['/x', state, 'Failed to parse action name from json value "/x" during composition.'],
      ['inc', full, 'Too many actions in the composition.'],
    ];
    for (const [action, from, error] of cases) {
      const turn = afterConductor({ action, state: { s: 1 } }, from);
      assert.deepEqual(turn.kind === 'conductor' && turn.payload, { error, s: 1 });
    }
  });

  it('23.182 ends instead of a conductor run beyond the 101st', () => {
    const at = (conductors: number): string =>
      runConductor({ ...state, counts: { components: 0, conductors } }, {}).kind;
    assert.deepEqual([at(100), at(101)], ['conductor', 'end']);
  });
});

describe('the name of a component', () => {
  it('23.178 is resolved in the namespace of the caller', () => {
    const names: [JsonValue, string | undefined][] = [
      ['a', 'ns//a'],
      ['p/a', 'ns/p/a'],
      ['other/p/a', 'other/p/a'],
      ['/other/a', 'other//a'],
      ['/other/p/a', 'other/p/a'],
      ['/_/a', 'ns//a'],
      ['_/a', 'ns//a'],
      ['_/p/a', 'ns/p/a'],
      ['/a', undefined],
      ['a/b/c/d', undefined],
      ['', undefined],
      ['/', undefined],
      ['a//b', undefined],
      ['a b ', undefined],
      [42, undefined],
      [null, undefined],
      [{ a: 1 }, undefined],
    ];
    for (const [given, expected] of names) {
      const name = parseComponentName(given, 'ns');
      const shown = name === undefined ? undefined : `${name.namespace}/${name.package}/${name.name}`;
      assert.equal(shown, expected, JSON.stringify(given));
    }
  });
});
