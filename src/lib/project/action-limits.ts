import { defaultActionLimits } from '../entity/limits.js';
import type { DesiredCodeAction } from './desired-state.js';
import type { LiveEntity } from './live-state.js';

type LimitName = keyof DesiredCodeAction['limits'];

/** Limits that are set back in an action that this tool did not write last. That of concurrency differs too much between platforms. */
const commonLimits: readonly LimitName[] = ['timeout', 'memory', 'logs'];

/**
 * The limits that are sent: those stated, and the default for each that is no longer stated and differs from it (D-16). `timeout` in ms,
 * `memory` and `logs` in MB.
 */
export function sentLimits({ limits }: DesiredCodeAction, live: LiveEntity | undefined): DesiredCodeAction['limits'] {
  const recorded = live?.record?.limits ?? [];
  const untouched = live?.record?.version === live?.version;
  const known = untouched ? recorded : [...recorded, ...commonLimits];
  const stale = limitNames.filter(
    (name) => known.includes(name) && limits[name] === undefined && differsFromDefault(name, live),
  );
  return { ...Object.fromEntries(stale.map((name) => [name, defaultActionLimits[name]])), ...limits };
}

const limitNames: readonly LimitName[] = [...commonLimits, 'concurrency'];

function differsFromDefault(name: LimitName, live: LiveEntity | undefined): boolean {
  const value = live?.limits[name];
  return value !== undefined && value !== defaultActionLimits[name];
}
