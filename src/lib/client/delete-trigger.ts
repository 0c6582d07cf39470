import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { RtError } from '../errors/rt-error.js';
import type { DeletionReport } from './delete-entities.js';
import { entityName } from './entity-collection.js';
import { callFeed, feedOf, type FeedDeps } from './feed.js';
import type { TriggersClient } from './triggers-client.js';

/**
 * Takes a trigger from its feed, then deletes it (C-69); a feed that fails is only worth a warning. With `tellFeed` false the feed is
 * not asked for. Resolves with what the trigger was, JSON text.
 */
export async function deleteTrigger(
  name: FullyQualifiedName,
  options: { readonly tellFeed: boolean; readonly report: Pick<DeletionReport, 'warning'> },
  deps: FeedDeps & { readonly triggers: TriggersClient },
): Promise<string> {
  const feed = options.tellFeed ? feedOf(await deps.triggers.get(name)) : undefined;
  const failure = feed === undefined ? undefined : await tellFeed(name, feed, deps);
  const body = await deps.triggers.delete(name);
  if (failure !== undefined) options.report.warning(`${failure}; the trigger was deleted all the same`);
  return body;
}

/** Why the feed could not be told; undefined when it was. */
async function tellFeed(name: FullyQualifiedName, feed: string, deps: FeedDeps): Promise<string | undefined> {
  const what = `take trigger '${entityName(name)}' from its feed '${feed}'`;
  try {
    await callFeed({ feed, event: 'DELETE', trigger: name, parameters: [], what }, deps);
    return undefined;
  } catch (error) {
    if (!(error instanceof RtError)) throw error;
    return error.message;
  }
}
