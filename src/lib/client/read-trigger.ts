import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { RtError } from '../errors/rt-error.js';
import { entityName } from './entity-collection.js';
import { callFeed, feedOf, type FeedDeps } from './feed.js';
import type { TriggersClient } from './triggers-client.js';

/** A trigger, and what its feed says of it. */
export interface ReadTrigger {
  /** The trigger as the server answered, JSON text. */
  readonly body: string;
  /** The feed's answer to READ, JSON text. */
  readonly feed?: string;
  /** Why the feed gave no answer. */
  readonly warning?: string;
}

/** Reads a trigger and, unless `askFeed` is false, asks its feed about it (C-69). A feed that fails does not hide the trigger. */
export async function readTrigger(
  name: FullyQualifiedName,
  options: { readonly askFeed: boolean },
  deps: FeedDeps & { readonly triggers: TriggersClient },
): Promise<ReadTrigger> {
  const body = await deps.triggers.get(name);
  const feed = options.askFeed ? feedOf(body) : undefined;
  if (feed === undefined) return { body };
  const what = `read trigger '${entityName(name)}' from its feed '${feed}'`;
  try {
    return { body, feed: await callFeed({ feed, event: 'READ', trigger: name, parameters: [], what }, deps) };
  } catch (error) {
    if (!(error instanceof RtError)) throw error;
    return { body, warning: error.message };
  }
}
