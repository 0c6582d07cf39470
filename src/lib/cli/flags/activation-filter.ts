import { string } from '@oclif/core/flags';
import { annotationOf, type ListRecord } from '../../client/list-records.js';
import { UsageError } from '../../errors/client-errors.js';
import { shownStatus } from '../presenters/activation-status.js';
import { listFlag } from './list.js';
import { invalidValue, parseMoment } from './units.js';

/** Words of `--status` and the status that tables show for each (§11.2). */
const statuses: ReadonlyMap<string, readonly string[]> = new Map([
  ['success', ['success']],
  ['app', ['application error']],
  ['dev', ['developer error', 'timeout']],
  ['internal', ['internal error']],
  ['timeout', ['timeout']],
  ['failed', ['application error', 'developer error', 'internal error', 'timeout']],
]);

/** The flags that restrict a list of activations. */
export const activationFilterFlags = {
  since: string({
    helpGroup: 'FILTER',
    helpValue: 'TIME',
    summary: 'started then or later: epoch ms, ISO 8601, or 5m, 2h, 3d ago',
  }),
  upto: string({ helpGroup: 'FILTER', helpValue: 'TIME', summary: 'started then or earlier' }),
  status: listFlag({
    helpGroup: 'FILTER',
    helpValue: 'WORD,…',
    summary: 'only success, app, dev, internal, timeout or failed activations',
  }),
  action: string({
    char: 'a',
    helpGroup: 'FILTER',
    helpValue: '[PKG/]NAME',
    summary: 'only activations of this action',
  }),
  package: string({
    char: 'p',
    helpGroup: 'FILTER',
    helpValue: 'PACKAGE',
    summary: 'only activations of actions in this package',
  }),
};

/** `--since` and `--upto` in epoch milliseconds. Throws UsageError. */
export function timeBounds(
  flags: { readonly since?: string | undefined; readonly upto?: string | undefined },
  now: number,
): { readonly since?: number; readonly upto?: number } {
  const read = (flag: 'since' | 'upto'): number | undefined => {
    const text = flags[flag];
    if (text === undefined) return undefined;
    const moment = parseMoment(text, now);
    if (moment === undefined) {
      throw invalidValue(text, flag, 'epoch milliseconds, an ISO 8601 time, or a time ago such as 5m, 2h or 3d');
    }
    return moment;
  };
  const [since, upto] = [read('since'), read('upto')];
  return { ...(since === undefined ? {} : { since }), ...(upto === undefined ? {} : { upto }) };
}

/** The test that `--status` and `--package` make of every record; undefined when they are not given. Throws UsageError. */
export function recordFilter(flags: {
  readonly status?: string[] | undefined;
  readonly package?: string | undefined;
}): ((record: ListRecord) => boolean) | undefined {
  if (flags.status === undefined && flags.package === undefined) return undefined;
  const shown = new Set((flags.status ?? []).flatMap(statusesOf));
  return (record) =>
    (flags.status === undefined || shown.has(shownStatus(record))) &&
    (flags.package === undefined || isInPackage(record, flags.package));
}

function statusesOf(word: string): readonly string[] {
  const found = statuses.get(word);
  if (found === undefined) {
    throw new UsageError(`Invalid value '${word}' for --status: expected ${[...statuses.keys()].join(', ')}`, {
      showUsage: true,
    });
  }
  return found;
}

function isInPackage(record: ListRecord, name: string): boolean {
  const path = annotationOf(record, 'path');
  const parts = typeof path === 'string' ? path.split('/') : [];
  return parts.length === 3 && parts[1] === name;
}
