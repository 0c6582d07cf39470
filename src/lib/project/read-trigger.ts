import { readAnnotations } from './annotations.js';
import type { DesiredTrigger } from './desired-state.js';
import type { Reference, RuleDraft } from './draft.js';
import { Fields } from './fields.js';
import { inputValues, writtenInputs } from './inputs.js';
import { manifestTables } from './manifest-keys.js';
import { qualify } from './names.js';
import type { PackageReading } from './package-reading.js';
import { mapOf, type NamedEntry } from './read-action.js';

/** What an entry of `triggers` says; with a feed its inputs are the feed's (§1.1.5). */
export function readTrigger(
  { reading, scope }: PackageReading,
  { name, entry, overrides }: NamedEntry,
): DesiredTrigger {
  const what = `trigger '${name}'`;
  const path = `triggers/${name}`;
  const fields = new Fields(reading, mapOf(reading, entry, what), manifestTables.trigger, { what, scope });
  const feed = readFeed(reading, fields);
  const inputs = writtenInputs(fields.map('inputs'), overrides?.inputs);
  const values = inputValues(reading, inputs, scope, `${path}/${feed === undefined ? 'parameters' : 'feedParameters'}`);
  const annotations = readAnnotations(
    reading,
    {
      map: fields.map('annotations'),
      deployment: overrides?.annotations,
      description: fields.literal('description'),
      path,
    },
    scope,
  );
  if (feed === undefined) return { parameters: values, annotations };
  return { feed, feedParameters: values, parameters: {}, annotations };
}

function readFeed(reading: PackageReading['reading'], fields: Fields): string | undefined {
  const key = fields.has('feed') ? 'feed' : 'source';
  const at = fields.scalar(key);
  const text = fields.text(key)?.trim();
  if (at === undefined || text === undefined || text === '') return undefined;
  const feed = qualify(text, '');
  if (feed === undefined) reading.diagnostics.error('bad-name', at, `'${text}' is not the name of a feed`);
  return feed;
}

/** What an entry of `rules` says; its names are resolved when all entities are known. */
export function readRule(
  { reading, scope, name: packageName }: PackageReading,
  { name, entry }: NamedEntry,
): RuleDraft {
  const what = `rule '${name}'`;
  const fields = new Fields(reading, mapOf(reading, entry, what), manifestTables.rule, { what, scope });
  const needed = (key: 'trigger' | 'action'): Reference | undefined => {
    const at = fields.scalar(key);
    const text = fields.text(key)?.trim() ?? '';
    if (at !== undefined && text !== '') return { text, at };
    const code = key === 'trigger' ? 'unknown-trigger' : 'unknown-action';
    // A wrong type or an unset variable has been reported already.
    if (at === undefined && !fields.node.entries.some((other) => other.key === key)) {
      reading.diagnostics.error(code, entry.keyNode, `${what} needs '${key}'`);
    }
    return undefined;
  };
  return {
    at: entry.keyNode,
    package: packageName,
    trigger: needed('trigger'),
    action: needed('action'),
    annotations: readAnnotations(
      reading,
      {
        map: fields.map('annotations'),
        deployment: undefined,
        description: fields.literal('description'),
        path: `rules/${name}`,
      },
      scope,
    ),
  };
}
