import type { Clock } from '../entity/clock.js';
import { parseReference } from '../entity/fully-qualified-name.js';
import type { JsonObject } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { Alarm, AlarmDefinition, AlarmFeedName } from './alarm.js';
import type { AlarmBook, AlarmKey } from './alarm-book.js';
import { parseAlarm, parseAlarmUpdate } from './alarm-parameters.js';
import { firstDue } from './alarm-schedule.js';
import type { TriggerRights } from './alarm-triggers.js';
import { FeedRefusal } from './feed-refusal.js';

const done: JsonObject = { status: 'success' };

/** What the feed actions of `/whisk.system/alarms` do (openwhisk-api.md §15.2). */
export class AlarmActions {
  constructor(
    private readonly deps: { readonly book: AlarmBook; readonly rights: TriggerRights; readonly clock: Clock },
  ) {}

  /** The result of one life-cycle event with the arguments of §15.1. Throws FeedRefusal. */
  run(feed: AlarmFeedName, given: JsonObject): Promise<JsonObject> {
    switch (given['lifecycleEvent']) {
      case 'CREATE':
        return this.create(feed, given);
      case 'READ':
        return this.read(feed, given);
      case 'UPDATE':
        return this.update(feed, given);
      case 'DELETE':
        return this.delete(feed, given);
      default:
        throw new FeedRefusal(messages.lifecycleUnsupported);
    }
  }

  /** Replaces an alarm that the trigger has already, so that the event can be repeated after a failure. */
  private async create(feed: AlarmFeedName, given: JsonObject): Promise<JsonObject> {
    const name = triggerNameOf(given);
    const now = this.deps.clock.now();
    const definition = parseAlarm(feed, given, now);
    const key = await this.authorise(name, given['authKey']);
    await this.requireTrigger(key);
    await this.deps.book.put({ ...key, definition, state: switchedOn(firstDue(definition, now), 0, now) });
    return done;
  }

  private async read(feed: AlarmFeedName, given: JsonObject): Promise<JsonObject> {
    const key = await this.authorise(triggerNameOf(given), given['authKey']);
    await this.requireTrigger(key);
    return shown(this.find(feed, key));
  }

  /** Also switches on again what was switched off. */
  private async update(feed: AlarmFeedName, given: JsonObject): Promise<JsonObject> {
    const key = await this.authorise(triggerNameOf(given), given['authKey']);
    await this.requireTrigger(key);
    const stored = this.find(feed, key);
    const now = this.deps.clock.now();
    const definition = parseAlarmUpdate(stored.definition, given, now);
    const { due, fired, dateChanged } = stored.state;
    const changed = due === null ? now : dateChanged;
    const next = dueAfterUpdate(stored, definition, now);
    if (next === undefined) throw new FeedRefusal(messages.fireAfterStopDate);
    const count = due === null ? 0 : fired;
    await this.deps.book.put({ ...key, definition, state: switchedOn(next, count, changed) });
    return done;
  }

  /** The trigger may be gone already. */
  private async delete(feed: AlarmFeedName, given: JsonObject): Promise<JsonObject> {
    const key = await this.authorise(triggerNameOf(given), given['authKey']);
    this.find(feed, key);
    await this.deps.book.remove(key);
    return done;
  }

  private find(feed: AlarmFeedName, key: AlarmKey): Alarm {
    const alarm = this.deps.book.find(key);
    if (alarm?.definition.feed === feed) return alarm;
    throw new FeedRefusal(messages.alarmMissing(`${key.namespace}/${key.trigger}`));
  }

  /** The trigger that is meant, if the key opens its namespace. */
  private async authorise(triggerName: string, authKey: unknown): Promise<AlarmKey> {
    const namespace = typeof authKey === 'string' ? await this.deps.rights.namespaceOf(authKey) : undefined;
    if (namespace === undefined) throw new FeedRefusal(messages.triggerAuthenticationFailed);
    const key = parseTriggerName(triggerName, namespace);
    if (key?.namespace !== namespace) throw new FeedRefusal(messages.triggerAuthenticationFailed);
    return key;
  }

  private async requireTrigger(key: AlarmKey): Promise<void> {
    if (!(await this.deps.rights.exists(key))) throw new FeedRefusal(messages.triggerAuthenticationFailed);
  }
}

function triggerNameOf(given: JsonObject): string {
  const name = given['triggerName'];
  if (typeof name !== 'string' || name === '') throw new FeedRefusal(messages.triggerNameMissing);
  return name;
}

function parseTriggerName(text: string, namespace: string): AlarmKey | undefined {
  try {
    const parsed = parseReference(text, namespace);
    return parsed.package === '' ? { namespace: parsed.namespace, trigger: parsed.name } : undefined;
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}

function switchedOn(due: number | undefined, fired: number, dateChanged: number): Alarm['state'] {
  return { due: due ?? null, fired, dateChanged, reason: null };
}

/** An interval keeps its beat unless the update is about it. */
function dueAfterUpdate(
  { definition: before, state }: Alarm,
  definition: AlarmDefinition,
  now: number,
): number | undefined {
  if (definition.feed !== 'interval' || before.feed !== 'interval') return firstDue(definition, now);
  const restarted = definition.startDate !== before.startDate;
  const kept = definition.minutes === before.minutes ? state.due : null;
  const next = kept ?? Math.max(definition.startDate, now + definition.minutes * 60_000);
  return firstDue({ ...definition, startDate: restarted ? definition.startDate : next }, now);
}

function shown({ namespace, trigger: name, definition, state }: Alarm): JsonObject {
  const { feed: _feed, payload, ...others } = definition;
  const { due, dateChanged, reason } = state;
  const dateChangedISO = new Date(dateChanged).toISOString();
  return {
    config: { name, namespace, payload, ...others },
    status: { active: due !== null, dateChanged, dateChangedISO, reason },
  };
}
