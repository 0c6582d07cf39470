import {
  formatFullyQualifiedName,
  type FullyQualifiedName,
  parseFullyQualifiedName,
} from '../entity/fully-qualified-name.js';
import { isJsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import { exitStatus, exitStatusOfHttp } from '../errors/exit-status.js';
import { RtError } from '../errors/rt-error.js';
import { mergeEntries, type WireEntry } from './action-change.js';
import type { ActionsClient } from './actions-client.js';
import type { Invocation } from './invocation.js';
import { annotationOf, parsedOrUndefined } from './list-records.js';

/** What happens to a trigger, as its feed is told (openwhisk-api.md §15.1). */
export type FeedEvent = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE';

/** One call of a feed action. */
export interface FeedCall {
  /** Name of the feed action as the trigger's annotation has it. */
  readonly feed: string;
  readonly event: FeedEvent;
  readonly trigger: FullyQualifiedName;
  readonly parameters: readonly WireEntry[];
  /** Completes `Unable to …`: `create trigger 't': Unable to configure feed '/_/f'`. */
  readonly what: string;
}

/** What calling feeds takes. */
export interface FeedDeps {
  readonly actions: ActionsClient;
  /** The caller's key, with which the feed fires the trigger. */
  readonly authKey: string;
}

/** The feed of a trigger (JSON text), from its annotation; undefined when it has none. */
export function feedOf(trigger: string): string | undefined {
  const document = parsedOrUndefined(trigger);
  const feed = isJsonObject(document) ? annotationOf(document, 'feed') : undefined;
  return typeof feed === 'string' && feed !== '' ? feed : undefined;
}

/**
 * Tells a feed what happens to its trigger and resolves with its answer, JSON text (C-69). Throws RtError when the feed is missing or
 * fails (exit status of the call), and when it takes longer than the host waits (202).
 */
export async function callFeed(call: FeedCall, { actions, authKey }: FeedDeps): Promise<string> {
  const attempt = { what: call.what };
  const own = { lifecycleEvent: call.event, triggerName: formatFullyQualifiedName(call.trigger), authKey };
  const entries = Object.entries(own).map(([key, value]) => ({ key, value: JSON.stringify(value) }));
  const args = mergeEntries(call.parameters, entries).map(({ key, value }) => `${JSON.stringify(key)}:${value}`);
  const name = actions.resolve(parseFullyQualifiedName(call.feed, '_'));
  const options = { blocking: true, result: false, attempt };
  return answerOf(await actions.invoke(name, `{${args.join(',')}}`, options), call.what);
}

function answerOf(invocation: Invocation, what: string): string {
  switch (invocation.outcome) {
    case 'success':
      return stringifyJson(resultIn(invocation.body) ?? {});
    case 'failure':
      throw new RtError('app_error', `Unable to ${what}: ${reasonIn(invocation.body)}`, {
        exitStatus: exitStatusOfHttp(invocation.status),
        status: invocation.status,
        hint: logsHint(invocation.activationId),
      });
    case 'accepted':
    case 'pending':
      throw new RtError('pending', `Unable to ${what}: the feed has not finished yet`, {
        exitStatus: exitStatus.pending,
        hint: logsHint(invocation.activationId),
      });
  }
}

function logsHint(id: string | undefined): string | undefined {
  return id === undefined ? undefined : `rt activation get ${id} shows what the feed did`;
}

/** The result in a record. */
function resultIn(record: string): JsonValue | undefined {
  const document = parsedOrUndefined(record);
  const response = isJsonObject(document) ? document['response'] : undefined;
  return isJsonObject(response) ? response['result'] : undefined;
}

function reasonIn(record: string): string {
  const result = resultIn(record);
  const error = isJsonObject(result) && 'error' in result ? result['error'] : result;
  if (error === undefined) return 'the feed failed';
  return typeof error === 'string' ? error : stringifyJson(error);
}
