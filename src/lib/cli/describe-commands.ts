import type { FlagInput } from '@oclif/core/interfaces';
import { flagSpec } from './argv/flag-table.js';
import { spellingsOf } from './argv/spellings.js';
import type { CommandCatalogue, CommandEntry, FlagEntry } from './command-catalogue.js';
import type { CommandClass, Program } from './command-table.js';

/** Describes every command of the program; loads each of them. Hidden flags are left out. */
export async function describeCommands(program: Program): Promise<CommandCatalogue> {
  const ids = Object.keys(program.commands).sort();
  const classes = await Promise.all(
    ids.map(async (id) => ({ id, command: (await program.commands[id]?.())?.default })),
  );
  const loaded = classes.flatMap(({ id, command }) => (command === undefined ? [] : [{ id, command }]));
  return {
    commands: loaded.map(({ id, command }) => commandEntry(id, command)),
    globalFlags: flagEntries(loaded[0]?.command.baseFlags ?? {}),
  };
}

function commandEntry(id: string, command: CommandClass): CommandEntry {
  const args = Object.entries(command.args).filter(([, arg]) => arg.hidden !== true);
  return {
    command: id.replaceAll(':', ' '),
    summary: command.summary ?? '',
    aliases: spellingsOf(id),
    args: args.map(([name, arg]) => ({ name, required: arg.required === true })),
    flags: flagEntries(command.flags),
  };
}

function flagEntries(flags: FlagInput): readonly FlagEntry[] {
  const shown = Object.entries(flags).filter(([, flag]) => flag.hidden !== true);
  return shown.map(([name, flag]) => flagEntry(name, flag)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function flagEntry(name: string, flag: FlagInput[string]): FlagEntry {
  const { kind, options, multiple, negatable } = flagSpec(name, flag);
  const aliases: readonly string[] = flag.aliases ?? [];
  return {
    name,
    ...(flag.char === undefined ? {} : { char: flag.char }),
    type: kind,
    summary: flag.summary ?? flag.description ?? '',
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(options === undefined ? {} : { options }),
    ...(multiple ? { multiple } : {}),
    ...(negatable ? { negatable } : {}),
  };
}
