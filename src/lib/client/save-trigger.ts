import { formatFullyQualifiedName, type FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';
import { entriesText, mergeEntries, type WireEntry } from './action-change.js';
import { isMissing } from './delete-entities.js';
import { entityName } from './entity-collection.js';
import { callFeed, type FeedDeps, type FeedEvent, feedOf } from './feed.js';
import { parsedOrUndefined } from './list-records.js';
import { toEntries } from './save-action.js';
import type { TriggersClient } from './triggers-client.js';

/** What the command line says about a trigger. What is absent stays as it is stored (C-29). */
export interface TriggerChange {
  /** The feed to connect it to. */
  readonly feed?: FullyQualifiedName;
  /** Parameters of the feed where there is one, of the trigger otherwise. */
  readonly parameters?: readonly WireEntry[];
  /** Parameters of the feed only. */
  readonly feedParameters?: readonly WireEntry[];
  /** Parameters of the trigger only. */
  readonly triggerParameters?: readonly WireEntry[];
  readonly annotations?: readonly WireEntry[];
}

/** What to save, and as what. */
export interface SaveTriggerRequest {
  readonly name: FullyQualifiedName;
  readonly change: TriggerChange;
  readonly verb: 'create' | 'update';
  /** Hints for statuses. */
  readonly hints?: Readonly<Record<number, string>>;
}

/** What saving a trigger takes. */
export interface SaveTriggerDeps extends FeedDeps {
  readonly triggers: TriggersClient;
}

const noFeed = 'Incorrect usage. Trigger without a feed cannot have feed parameters';

/** What is stored under the name before the change. */
interface Stored {
  readonly feed: string | undefined;
  readonly annotations: readonly WireEntry[];
}

/** Refuses parameters for a feed that is not there; before any request where that is certain. Throws UsageError (§11.3). */
export function requireFeed(change: TriggerChange, feed: string | FullyQualifiedName | undefined): void {
  if (change.feedParameters !== undefined && feed === undefined)
    throw new UsageError(noFeed, { hint: 'name its feed with --feed' });
}

/**
 * Creates or updates a trigger and tells its feed (C-69). A feed that fails while it is being connected takes the change back: the trigger
 * is deleted again, or gets its former annotations. Resolves with the trigger as it is stored, JSON text.
 */
export async function saveTrigger(request: SaveTriggerRequest, deps: SaveTriggerDeps): Promise<string> {
  const { name, change, verb, hints } = request;
  const stored = verb === 'update' && needsStored(change) ? await readStored(name, deps.triggers) : undefined;
  if (change.feed !== undefined && stored?.feed !== undefined) throw hasFeed(name, stored.feed);
  const feed = change.feed === undefined ? stored?.feed : formatFullyQualifiedName(change.feed);
  requireFeed(change, feed);
  const attempt = { what: `${verb} trigger '${entityName(name)}'`, ...(hints === undefined ? {} : { hints }) };
  const body = await deps.triggers.put(name, bodyText(change, stored, feed), {
    overwrite: verb === 'update',
    attempt,
  });
  const parameters = change.parameters ?? change.feedParameters;
  const event: FeedEvent = change.feed === undefined ? 'UPDATE' : 'CREATE';
  if (feed === undefined || (event === 'UPDATE' && parameters === undefined)) return body;
  const what = `${attempt.what}: Unable to configure feed '${feed}'`;
  try {
    await callFeed({ feed, event, trigger: name, parameters: parameters ?? [], what }, deps);
  } catch (error) {
    throw event === 'CREATE' ? await afterTakingBack(error, name, stored, deps) : error;
  }
  return body;
}

/** Only a change that may concern the feed has to know it. */
function needsStored({ feed, parameters, feedParameters, annotations }: TriggerChange): boolean {
  return [feed, parameters, feedParameters, annotations].some((part) => part !== undefined);
}

/** The trigger to update; undefined when it does not exist yet. */
async function readStored(name: FullyQualifiedName, triggers: TriggersClient): Promise<Stored | undefined> {
  try {
    const body = await triggers.get(name);
    const document = parsedOrUndefined(body);
    return { feed: feedOf(body), annotations: isJsonObject(document) ? toEntries(document['annotations']) : [] };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The server replaces all annotations (openwhisk-api.md §22.6), so the one that names the feed is sent along. */
function bodyText(change: TriggerChange, stored: Stored | undefined, feed: string | undefined): string {
  const parameters = feed === undefined ? (change.parameters ?? change.triggerParameters) : change.triggerParameters;
  const given = change.annotations ?? (change.feed === undefined ? undefined : (stored?.annotations ?? []));
  const mark = feed === undefined ? [] : [{ key: 'feed', value: JSON.stringify(feed) }];
  const members = [
    ...(parameters === undefined ? [] : [`"parameters":${entriesText(parameters)}`]),
    ...(given === undefined ? [] : [`"annotations":${entriesText(mergeEntries(given, mark))}`]),
  ];
  return `{${members.join(',')}}`;
}

function hasFeed(name: FullyQualifiedName, feed: string): UsageError {
  const shown = entityName(name);
  return new UsageError(`Trigger '${shown}' has the feed '${feed}' already`, {
    hint: `change its parameters with rt trigger update ${shown} -p KEY VALUE, or delete the trigger first`,
  });
}

/** Undoes what was stored before the feed failed, and gives the error to throw. */
async function afterTakingBack(
  error: unknown,
  name: FullyQualifiedName,
  stored: Stored | undefined,
  { triggers }: SaveTriggerDeps,
): Promise<unknown> {
  const shown = entityName(name);
  try {
    if (stored === undefined) await triggers.delete(name);
    else {
      const attempt = { what: `update trigger '${shown}'` };
      await triggers.put(name, `{"annotations":${entriesText(stored.annotations)}}`, { overwrite: true, attempt });
    }
    return error;
  } catch (left) {
    if (!(error instanceof RtError) || !(left instanceof RtError)) return error;
    const { exitStatus, status, transactionId } = error;
    const hint = `the trigger is left without its feed (${left.message}); delete it with rt trigger delete ${shown} --no-feed`;
    return new RtError(error.code, error.message, { exitStatus, status, transactionId, hint, cause: error });
  }
}
