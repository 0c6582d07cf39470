import { boolean } from '@oclif/core/flags';
import type { WantedActivation } from '../../client/find-activation.js';
import { UsageError } from '../../errors/client-errors.js';
import { activationTarget, activationTargetFlags } from './activation-target.js';
import { timeBounds } from './activation-filter.js';
import { wholeFlag } from './units.js';

/** The flags that say whose log lines are meant (§11.2). */
export const logsSourceFlags = {
  ...activationTargetFlags,
  last: boolean({ default: false, char: 'l', summary: 'the newest activation of an action' }),
  limit: wholeFlag({
    char: 'n',
    exclusive: ['last'],
    summary: 'logs of so many of the latest activations (default 1, with --since or --upto all of that time)',
  }),
  deployed: boolean({
    summary: 'with --package: as deployed, which is always meant',
    dependsOn: ['package'],
  }),
};

/** Whose log lines are meant. */
export interface LogsSource {
  readonly wanted: WantedActivation;
  /** So many of the newest activations. */
  readonly count: number;
  /** Whether each activation is shown under a title. */
  readonly titled: boolean;
}

type LogsFlags = Parameters<typeof activationTarget>[1] & {
  readonly last: boolean;
  readonly limit?: number | undefined;
  readonly since?: string | undefined;
  readonly upto?: string | undefined;
  readonly follow: boolean;
};

/** Reads what `activation logs` was asked for: one id, or the newest activations of what the flags leave. Throws UsageError. */
export function logsSource(id: string | undefined, flags: LogsFlags, now: number): LogsSource {
  if (id !== undefined) {
    const choosing = ['last', 'follow', 'action', 'package', 'status', 'since', 'upto', 'limit'] as const;
    const other = choosing.find((name) => flags[name] !== undefined && flags[name] !== false);
    if (other === undefined) return { wanted: { type: 'id', id, namespace: '_' }, count: 1, titled: false };
    throw new UsageError(`Cannot use --${other} together with an activation ID`, { showUsage: true });
  }
  const { scope, keep } = activationTarget(undefined, flags);
  const bounds = timeBounds(flags, now);
  const timed = bounds.since !== undefined || bounds.upto !== undefined;
  return {
    wanted: { type: 'latest', ...scope, ...bounds, keep },
    count: flags.limit ?? (timed && !flags.last ? Number.POSITIVE_INFINITY : 1),
    titled: !flags.last,
  };
}
