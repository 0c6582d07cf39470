import { boolean } from '@oclif/core/flags';
import type { ListRange } from '../../client/list-records.js';
import { wholeFlag } from './units.js';

const list = { helpGroup: 'LIST' };

/** The flags that all lists have (§11). */
export const pageFlags = {
  limit: wholeFlag({
    ...list,
    char: 'l',
    summary: 'number of entries (default 30); 0 for as many as the server gives',
  }),
  skip: wholeFlag({ ...list, char: 's', summary: 'leave out the first entries' }),
  all: boolean({ default: false, ...list, exclusive: ['limit'], summary: 'every entry' }),
  count: boolean({ default: false, ...list, char: 'c', summary: 'only the number of entries' }),
};

/** `--name-sort`, for lists of entities with names. */
export const nameSortFlag = boolean({
  default: false,
  ...list,
  char: 'n',
  aliases: ['name'],
  summary: 'sort by namespace, package and name (default: latest first)',
});

/** The range of a list that parsed flags ask for. */
export function listRange(flags: {
  readonly limit?: number | undefined;
  readonly skip?: number | undefined;
  readonly all?: boolean | undefined;
}): ListRange {
  return { limit: flags.limit, skip: flags.skip ?? 0, all: flags.all === true };
}
