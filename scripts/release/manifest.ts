import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const COMMAND_MEMBERS = ['aliases', 'hidden', 'summary'];
const ARG_MEMBERS = ['options', 'required'];
const FLAG_MEMBERS = [
  'aliases',
  'allowNo',
  'char',
  'helpValue',
  'hidden',
  'multiple',
  'optionalValue',
  'options',
  'summary',
  'type',
];

/**
 * `oclif.manifest.json`: metadata of every command, from the command classes in the built client, given by its file names, so that a listing of commands
 * loads none of them (C-80). It holds what listing and completing need; flags of every command stand once, as `baseFlags`. Names of flags
 * are sorted and empty members left out: equal sources give an equal file.
 */
export async function manifest(
  client: ReadonlyMap<string, { readonly text: string }>,
  version: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rt-manifest-'));
  try {
    const path = join(folder, 'rt.cjs');
    for (const [name, { text }] of client) await writeFile(join(folder, name), text);
    const commands: Record<string, Json> = {};
    let baseFlags: Record<string, Json> = {};
    for (const [id, load] of commandTable(createRequire(import.meta.url)(path))) {
      const command = member(await load(), 'default');
      commands[id] = describeCommand(command);
      baseFlags = describeEach(asObject(member(command, 'baseFlags')), FLAG_MEMBERS);
    }
    return `${JSON.stringify({ version, baseFlags, commands })}\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The `COMMANDS` of the built client. */
function commandTable(built: unknown): [string, () => Promise<unknown>][] {
  const table = member(built, 'COMMANDS');
  if (typeof table !== 'object' || table === null) throw new Error('the client bundle has no COMMANDS');
  return Object.entries(table).filter(isEntryOfTable);
}

function isEntryOfTable(entry: [string, unknown]): entry is [string, () => Promise<unknown>] {
  return typeof entry[1] === 'function';
}

function describeCommand(command: unknown): Record<string, Json> {
  const flags = asObject(member(command, 'flags'));
  return {
    ...picked(command, COMMAND_MEMBERS),
    args: describeEach(asObject(member(command, 'args')), ARG_MEMBERS),
    flags: describeEach(flags, FLAG_MEMBERS),
  };
}

function describeEach(definitions: Record<string, unknown>, members: readonly string[]): Record<string, Json> {
  const names = members === ARG_MEMBERS ? Object.keys(definitions) : Object.keys(definitions).sort();
  return Object.fromEntries(names.map((name) => [name, picked(definitions[name], members)]));
}

function picked(source: unknown, members: readonly string[]): Record<string, Json> {
  const found = members.map((name): [string, unknown] => [name, member(source, name)]);
  return Object.fromEntries(found.filter((entry): entry is [string, Json] => isWorthKeeping(entry[1])));
}

function isWorthKeeping(value: unknown): value is Json {
  if (value === undefined || value === null || value === false || typeof value === 'function') return false;
  return !(Array.isArray(value) && value.length === 0);
}

function member(source: unknown, name: string): unknown {
  if (source === null || (typeof source !== 'object' && typeof source !== 'function')) return undefined;
  return Reflect.get(source, name);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
