import { string } from '@oclif/core/flags';
import { annotationOf, type ListRecord, textOf } from '../../client/list-records.js';
import { UsageError } from '../../errors/client-errors.js';
import { type ActivationScope, parseActivationScope } from './action-scope.js';
import { activationFilterFlags, recordFilter } from './activation-filter.js';
import { durationFlag, wholeFlag } from './units.js';

/** Shortest time between two looks, in milliseconds. */
const shortestInterval = 100;

/** The flags that choose whose activations are watched; `--action` may be repeated. */
export const activationTargetFlags = {
  ...activationFilterFlags,
  action: string({
    char: 'a',
    helpGroup: 'FILTER',
    helpValue: '[PKG/]NAME',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'only activations of this action',
  }),
};

/** `--interval`, in milliseconds. */
export const intervalFlag = durationFlag({ default: 2000, summary: 'time between two looks (default 2s)' });

/** The interval that a parsed `--interval` stands for: never so short that the platform is busy with nothing else. */
export function intervalOf(interval: number): number {
  return Math.max(interval, shortestInterval);
}

const agoFlag = (unit: string) =>
  wholeFlag({ helpGroup: 'FILTER', exclusive: ['since'], summary: `started so many ${unit} ago or later` });

/** wsk's flags for a moment in the past (§11.2); they are added up. */
export const agoFlags = {
  'since-seconds': agoFlag('seconds'),
  'since-minutes': agoFlag('minutes'),
  'since-hours': agoFlag('hours'),
  'since-days': agoFlag('days'),
};

/** Milliseconds ago that the flags stand for together; undefined when none is given. */
export function agoOf(flags: Readonly<Partial<Record<keyof typeof agoFlags, number | undefined>>>): number | undefined {
  const parts = [
    [flags['since-seconds'], 1000],
    [flags['since-minutes'], 60_000],
    [flags['since-hours'], 3_600_000],
    [flags['since-days'], 86_400_000],
  ] as const;
  const given = parts.flatMap(([amount, ms]) => (amount === undefined ? [] : [amount * ms]));
  return given.length === 0 ? undefined : given.reduce((sum, ms) => sum + ms);
}

/** Whose activations are meant: what the server filters by, and what is left to the client. */
export interface ActivationTarget {
  readonly scope: ActivationScope;
  /** Accepts summaries and records. */
  readonly keep: (record: ListRecord) => boolean;
}

/**
 * The activations that an argument (`/NS`, `[PKG/]NAME`, `PKG/`, `/NS/PKG/`), `--action`, `--package` and `--status` mean (§11.2). One
 * name is left to the server, several are told apart by their path. Throws UsageError.
 */
export function activationTarget(
  typed: string | undefined,
  flags: {
    readonly action?: readonly string[] | undefined;
    readonly package?: string | undefined;
    readonly status?: string[] | undefined;
  },
): ActivationTarget {
  const [, namespace, inPackage] = /^(?:(\/[^/]+)\/)?([^/]+)\/$/.exec(typed ?? '') ?? [];
  const names = flags.action ?? [];
  const flag =
    names.length > 0 ? '--action' : inPackage !== undefined && flags.package !== undefined ? '--package' : '';
  if (typed !== undefined && flag !== '') {
    throw new UsageError(`Cannot use ${flag} together with '${typed}'`, { showUsage: true });
  }
  const fits = recordFilter({ status: flags.status, package: inPackage ?? flags.package });
  const scopes = (names.length > 0 ? names : [inPackage === undefined ? typed : namespace]).map(parseActivationScope);
  const [first = { namespace: '_' }, ...others] = scopes;
  if (others.some((other) => other.namespace !== first.namespace)) {
    throw new UsageError('The actions of --action must be of one namespace', { showUsage: true });
  }
  const several = new Set(others.length === 0 ? [] : scopes.map(({ name }) => name));
  return {
    scope: others.length === 0 ? first : { namespace: first.namespace },
    keep: (record) => (several.size === 0 || several.has(nameIn(record))) && fits?.(record) !== false,
  };
}

/** `[pkg/]name`; triggers have no path. */
function nameIn(record: ListRecord): string | undefined {
  const path = annotationOf(record, 'path');
  return typeof path === 'string' ? path.split('/').slice(1).join('/') : textOf(record, 'name');
}
