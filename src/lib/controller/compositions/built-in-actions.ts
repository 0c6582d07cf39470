import type { Clock } from '../../entity/clock.js';
import { isJsonObject, stringifyJson } from '../../entity/json.js';
import type { Log } from '../../entity/log.js';
import type { WhiskAction } from '../../entity/whisk-action.js';
import { type AlarmFeedName, feedNames } from '../../feeds/alarm.js';
import type { AlarmActions } from '../../feeds/alarm-actions.js';
import { FeedRefusal } from '../../feeds/feed-refusal.js';
import { buildActivation } from '../../invoker/activation-builder.js';
import type { ActivationMessage } from '../../invoker/activation-message.js';
import { type ActivationOutcome, failure, invokerFailure } from '../../invoker/result-mapping.js';
import type { RecordWriter } from '../../invoker/record-writer.js';
import { type ActivationOrder, toMessage } from './activation-order.js';
import type { EndedActivation } from './composite-progress.js';

/** Where the actions lie that the platform answers itself. */
const alarmsPackage = 'whisk.system/alarms';

/** Whether the platform itself answers an action: the feeds of the alarms package (openwhisk-api.md §15.2). */
export function isBuiltIn({ namespace, name }: Pick<WhiskAction, 'namespace' | 'name'>): boolean {
  return namespace === alarmsPackage && feedOf(name) !== undefined;
}

/** Runs actions that are part of the platform: an activation as any other, but without a container. */
export class BuiltInActions {
  constructor(
    private readonly deps: {
      readonly alarms: Pick<AlarmActions, 'run'>;
      readonly records: Pick<RecordWriter, 'put'>;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {}

  /** Resolves when the record is committed (RS-103). Throws a 400 for an immutable key in the payload. */
  async run(order: ActivationOrder): Promise<EndedActivation> {
    const message = toMessage(order);
    const { clock, records } = this.deps;
    const start = clock.now();
    const began = clock.monotonic();
    const outcome = await this.outcomeOf(message);
    const duration = Math.round(clock.monotonic() - began);
    const waitTime = Math.max(0, start - order.received);
    const { finished, entry } = buildActivation({ message, outcome, start, duration, waitTime, logs: [] });
    await records.put(entry);
    return { finished, memory: order.action.executable.action.limits.memory };
  }

  private async outcomeOf({
    content,
    executable: { action },
    activationId,
  }: ActivationMessage): Promise<ActivationOutcome> {
    try {
      const result = await this.deps.alarms.run(feedOf(action.name) ?? 'alarm', isJsonObject(content) ? content : {});
      return { statusCode: 0, result: stringifyJson(result), timedOut: false };
    } catch (error) {
      if (error instanceof FeedRefusal) return failure(1, error.message);
      this.deps.log.error('controller', `activation ${activationId} of ${action.name} failed`, error);
      return invokerFailure();
    }
  }
}

function feedOf(name: string): AlarmFeedName | undefined {
  return feedNames.find((feed) => feed === name);
}
