import { fileURLToPath } from 'node:url';
import type { FlagEntry } from '../../src/lib/cli/command-catalogue.js';
import { programOfSources } from '../helpers/run-rt.js';

/** Where the snapshot lies. */
export const snapshotPath = fileURLToPath(new URL('command-snapshot.json', import.meta.url));

/** `-p, --param KEY VALUE …`: everything of a flag that a script could rely on. */
function flagLine(flag: FlagEntry): string {
  const { name, char, type, aliases = [], options, multiple, negatable } = flag;
  const names = [name, ...aliases].map((word) => `--${negatable === true ? '[no-]' : ''}${word}`);
  const value = options?.join('|') ?? 'VALUE';
  const words = { boolean: '', value: ` ${value}`, pair: ' KEY VALUE', optional: `[=${value}]` };
  const short = char === undefined ? [] : [`-${char}`];
  return `${[...short, ...names].join(', ')}${words[type]}${multiple === true ? ' …' : ''}`;
}

/**
 * The public surface of the program: ids, arguments, flags with their characters, aliases and values, one a line. A change in it is
 * deliberate.
 */
export async function commandSnapshot(): Promise<string> {
  // Imported as the commands are, so that both know the same kinds of flag.
  const { describeCommands } = await import('../../src/lib/cli/describe-commands.js');
  const { commands, globalFlags } = await describeCommands(programOfSources());
  const rows = commands.map(({ command, args, aliases, flags }) => [
    command,
    {
      args: args.map(({ name, required }) => (required ? name : `[${name}]`).toUpperCase()),
      aliases: [...aliases].sort(),
      flags: flags.map(flagLine),
    },
  ]);
  const document = { globalFlags: globalFlags.map(flagLine), commands: Object.fromEntries(rows) as object };
  return `${JSON.stringify(document, null, 2)}\n`;
}
