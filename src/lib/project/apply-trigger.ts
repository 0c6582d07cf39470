import { callFeed, type FeedDeps, type FeedEvent } from '../client/feed.js';
import { isMissing } from '../client/delete-entities.js';
import type { TriggersClient } from '../client/triggers-client.js';
import { type JsonValue, stringifyJson } from '../entity/json.js';
import { RtError } from '../errors/rt-error.js';
import { entityBody } from './entity-body.js';
import type { ApplyReport } from './outcome.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { type PlannedEntity, placeOf } from './planned-entity.js';

/** What writing triggers takes. */
export interface TriggerDeps extends FeedDeps {
  readonly triggers: TriggersClient;
  readonly report: ApplyReport;
}

type PlannedTrigger = Extract<PlannedEntity, { thing: 'trigger' }>;

/**
 * Writes a trigger and tells its feed: DELETE to the one that it had, CREATE to the one that it gets (§1.4). The record comes last, so that a
 * deploy that ends in between is taken up by the next one. When CREATE fails a new trigger is deleted again.
 */
export async function applyTrigger(
  write: PlannedWrite,
  entity: PlannedTrigger,
  plan: Plan,
  deps: TriggerDeps,
): Promise<void> {
  const { feed, feedParameters = {} } = entity.wanted;
  const before = write.live?.feed;
  if (!write.sendPart || (feed === undefined && before === undefined)) return put(write, plan, deps, true);
  if (before !== undefined) await takeFrom(before, entity, deps);
  if (feed === undefined) return put(write, plan, deps, true);
  await put(write, plan, deps, false);
  try {
    await tell({ feed, event: 'CREATE', verb: write.op, parameters: feedParameters }, entity, deps);
  } catch (error) {
    if (write.op === 'create') await removeAgain(entity, deps);
    throw error;
  }
  if (plan.record) await put(write, plan, deps, true);
}

async function put(write: PlannedWrite, plan: Plan, { triggers }: TriggerDeps, record: boolean): Promise<void> {
  const { parts } = await entityBody(write, plan, { record: record && plan.record });
  const attempt = { what: `${write.op} trigger '${write.entity.name}'` };
  await triggers.put(triggers.resolve(placeOf(write.entity)), parts.join(''), { overwrite: true, attempt });
}

function tell(
  call: {
    readonly feed: string;
    readonly event: FeedEvent;
    readonly verb: string;
    readonly parameters: Readonly<Record<string, JsonValue>>;
  },
  entity: PlannedTrigger,
  deps: TriggerDeps,
): Promise<string> {
  const { feed, event, verb } = call;
  const parameters = Object.entries(call.parameters).map(([key, value]) => ({ key, value: stringifyJson(value) }));
  const what = `${verb} trigger '${entity.name}': Unable to configure feed '${feed}'`;
  const trigger = deps.triggers.resolve(placeOf(entity));
  return callFeed({ feed, event, trigger, parameters, what }, deps);
}

/** A feed that does not know the trigger, or is gone, keeps nobody from deploying. */
async function takeFrom(feed: string, entity: PlannedTrigger, deps: TriggerDeps): Promise<void> {
  try {
    await tell({ feed, event: 'DELETE', verb: 'update', parameters: {} }, entity, deps);
  } catch (error) {
    if (!(error instanceof RtError)) throw error;
    deps.report.warning(`trigger '${entity.name}' could not be taken from its feed '${feed}': ${error.message}`);
  }
}

async function removeAgain(entity: PlannedTrigger, { triggers }: TriggerDeps): Promise<void> {
  await triggers.delete(triggers.resolve(placeOf(entity))).catch((left: unknown) => {
    // Without its record the next deploy takes it up again.
    if (!(left instanceof RtError) && !isMissing(left)) throw left;
  });
}
