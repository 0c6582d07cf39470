import type { CommandLine } from './command-line.js';

/** Flags of lists that a setting can give, and the flags that speak against that. */
const listFlags: readonly (readonly [name: string, against: readonly string[]])[] = [
  ['limit', ['limit', 'all', 'count']],
  ['name-sort', ['name-sort', 'count']],
];

/** Lists are what these settings are about: elsewhere `--limit` means something else. */
function isList(id: string): boolean {
  return /(?:^|:)list$/.test(id) || id === 'namespace:get';
}

/**
 * The line of a list command with the settings `limit` and `name-sort` in the place of flags that it does not have (§12.4). `read` reads the
 * line again with words before it.
 */
export function withListSettings(
  line: CommandLine,
  settings: ReadonlyMap<string, string>,
  read: (defaults: readonly string[]) => CommandLine,
): CommandLine {
  if (settings.size === 0 || !isList(line.id)) return line;
  const defaults = listFlags.flatMap(([name, against]) => {
    const value = settings.get(name);
    if (value === undefined || value === 'false' || against.some((flag) => line.values.has(flag))) return [];
    return [value === 'true' ? `--${name}` : `--${name}=${value}`];
  });
  if (defaults.length === 0) return line;
  const changed = read(defaults);
  // A list without such a flag objects to it: then the line stays as it was typed.
  return changed.problems.length > line.problems.length ? line : changed;
}
