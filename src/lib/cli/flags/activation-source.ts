import { boolean, string } from '@oclif/core/flags';
import type { WantedActivation } from '../../client/find-activation.js';
import { UsageError } from '../../errors/client-errors.js';
import { parseActivationScope } from './action-scope.js';
import { waitFlag } from './wait-flag.js';

/** Milliseconds that a record of a known id is waited for when nothing else is said (C-67). */
const defaultWait = 2000;

/** The flags that choose an activation without its id, and how long it is waited for (§11.2). */
export const activationSourceFlags = {
  last: boolean({ default: false, char: 'l', summary: 'the newest activation of an action' }),
  action: string({ char: 'a', helpValue: '[PKG/]NAME', summary: 'the newest activation of this action' }),
  wait: waitFlag({ summary: 'wait this long for a record that is not written yet (default 2s)' }),
};

/**
 * The activation that an id or `--last` and `--action` name; undefined when nothing names one. Throws UsageError when both do (C-55).
 */
export function activationSource(
  id: string | undefined,
  flags: { readonly last?: boolean | undefined; readonly action?: string | undefined },
): WantedActivation | undefined {
  const { action, last } = flags;
  if (id !== undefined) {
    const other = last === true ? '--last' : action === undefined ? undefined : '--action';
    if (other !== undefined)
      throw new UsageError(`Cannot use ${other} together with an activation ID`, { showUsage: true });
    return { type: 'id', id, namespace: '_' };
  }
  if (action !== undefined) return { type: 'latest', ...parseActivationScope(action) };
  return last === true ? { type: 'latest', namespace: '_' } : undefined;
}

/** The error for a command line that names no activation. */
export function idRequired(): UsageError {
  return new UsageError('Invalid argument(s). An activation ID is required.', {
    hint: '--last is the newest activation',
    showUsage: true,
  });
}

/** Milliseconds to wait for a record: of an id two seconds, because it may just have been invoked; else only when asked for (C-67). */
export function recordWait(source: WantedActivation, wait: { readonly wait?: number }): number {
  return wait.wait ?? (source.type === 'id' ? defaultWait : 0);
}
