/** Jobs that a busy container has, and whether it goes when the last of them has left. */
interface Load {
  readonly jobs: number;
  readonly leaving: boolean;
}

/**
 * The life of one container (action-interface.md §5.1). `starting` without jobs becomes a stem cell; `pausing` with jobs
 * resumes as soon as it is paused; a busy one that is `leaving` takes no more work.
 */
export type ProxyState =
  | ({ readonly name: 'starting' | 'initializing' | 'running' | 'pausing' | 'resuming' } & Load)
  | { readonly name: 'stem cell' | 'ready' | 'paused' | 'removing' | 'removed' };

/** What happens to a container. */
export type ProxyEvent =
  | { readonly type: 'job ended'; readonly reusable: boolean }
  | {
      readonly type:
        | 'assigned'
        | 'created'
        | 'creation failed'
        | 'initialized'
        | 'initialization failed'
        | 'grace expired'
        | 'paused'
        | 'pause failed'
        | 'resumed'
        | 'resume failed'
        /** Evicted, idle for too long, or of an old revision: goes as soon as it has no work. */
        | 'dismissed'
        /** The runtime has ended by itself or was ended from outside. */
        | 'gone'
        /** The platform stops: goes at once, whatever runs. */
        | 'killed'
        | 'destroyed';
    };

/**
 * What has to be done. `run` starts all jobs that wait at the container, `return` gives them back to the pool, `offer`
 * tells the pool that the container can take work, `remove` that its memory is free again.
 */
export type ProxyEffect = 'initialize' | 'run' | 'pause' | 'resume' | 'destroy' | 'return' | 'offer' | 'remove';

/** The next state, and what to do in this order. */
export interface Transition {
  readonly state: ProxyState;
  readonly effects: readonly ProxyEffect[];
}

type Busy = Extract<ProxyState, Load>;
type Calm = Exclude<ProxyState, Load>;

/** The state of a container that was just asked for. */
export const initialState: ProxyState = { name: 'starting', jobs: 0, leaving: false };

/** One step of the state machine; pure. Events that come too late to matter change nothing. */
export function next(state: ProxyState, event: ProxyEvent): Transition {
  if (state.name === 'removed') return stay(state);
  if (state.name === 'removing') return event.type === 'destroyed' ? end() : stay(state);
  if (event.type === 'killed') return killed(state);
  return isBusy(state) ? nextBusy(state, event) : nextCalm(state, event);
}

/** Whether a job may be assigned to a container that takes `slots` jobs at a time. */
export function accepts(state: ProxyState, slots: number): boolean {
  if (isBusy(state)) return !state.leaving && state.jobs < slots;
  return state.name !== 'removing' && state.name !== 'removed';
}

/** Whether the container has jobs or is on its way between two states. */
export function isBusy(state: ProxyState): state is Busy {
  return 'jobs' in state;
}

function nextCalm(state: Calm, { type }: ProxyEvent): Transition {
  if (type === 'gone' || type === 'dismissed') return removing();
  if (type === 'assigned') return awakened(state);
  return state.name === 'ready' && type === 'grace expired' ? go(busy('pausing', 0), 'pause') : stay(state);
}

function awakened(state: Calm): Transition {
  if (state.name === 'stem cell') return go(busy('initializing', 1), 'initialize');
  return state.name === 'paused' ? go(busy('resuming', 1), 'resume') : go(busy('running', 1), 'run');
}

function nextBusy(state: Busy, event: ProxyEvent): Transition {
  switch (event.type) {
    case 'assigned':
      return go({ ...state, jobs: state.jobs + 1 }, ...(state.name === 'running' ? (['run'] as const) : []));
    case 'dismissed':
      return leave(state);
    case 'gone':
      return state.name === 'pausing' || state.name === 'resuming' ? removing('return') : leave(state);
    case 'job ended':
      return state.name === 'running' ? jobEnded(state, event.reusable) : stay(state);
    default:
      return progress(state, event);
  }
}

/** The end of what `starting`, `initializing`, `pausing` and `resuming` wait for. */
function progress(state: Busy, { type }: ProxyEvent): Transition {
  const from = `${state.name}: ${type}`;
  switch (from) {
    case 'starting: created':
      return created(state);
    case 'starting: creation failed':
      return end();
    case 'initializing: initialized':
    case 'resuming: resumed':
      return go({ ...state, name: 'running' }, 'run');
    case 'initializing: initialization failed':
    case 'pausing: pause failed':
    case 'resuming: resume failed':
      return removing('return');
    case 'pausing: paused':
      return state.jobs > 0 ? go({ ...state, name: 'resuming' }, 'resume') : go({ name: 'paused' });
    default:
      return stay(state);
  }
}

function created(state: Busy): Transition {
  if (state.jobs > 0) return go({ ...state, name: 'initializing' }, 'initialize');
  return state.leaving ? removing() : go({ name: 'stem cell' }, 'offer');
}

function jobEnded(state: Busy, reusable: boolean): Transition {
  const jobs = state.jobs - 1;
  const leaving = state.leaving || !reusable;
  if (jobs > 0) return go({ ...state, jobs, leaving }, ...(leaving ? [] : (['offer'] as const)));
  return leaving ? removing() : go({ name: 'ready' }, 'offer');
}

function leave(state: Busy): Transition {
  if (state.name === 'pausing' && state.jobs === 0) return removing();
  return go({ ...state, leaving: true });
}

function killed(state: Busy | Calm): Transition {
  // A container that is being created can only be destroyed once it is there.
  return state.name === 'starting' ? go({ ...state, jobs: 0, leaving: true }, 'return') : removing('return');
}

function busy(name: Busy['name'], jobs: number): Busy {
  return { name, jobs, leaving: false };
}

function removing(...before: ProxyEffect[]): Transition {
  return go({ name: 'removing' }, ...before, 'destroy');
}

function end(): Transition {
  return go({ name: 'removed' }, 'remove');
}

function go(state: ProxyState, ...effects: ProxyEffect[]): Transition {
  return { state, effects };
}

function stay(state: ProxyState): Transition {
  return { state, effects: [] };
}
