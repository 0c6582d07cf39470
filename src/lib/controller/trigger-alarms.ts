import type { ArtifactStore, Change, EntityKey } from '../database/artifact-store.js';
import type { SubjectStore } from '../database/subject-store.js';
import type { Entitlement } from '../entitlement/entitlement.js';
import type { Clock } from '../entity/clock.js';
import type { JsonObject } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import { messages } from '../entity/messages.js';
import type { Random } from '../entity/random.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';
import { Rejection } from '../errors/rejection.js';
import type { AlarmKey } from '../feeds/alarm-book.js';
import type { AlarmTriggers } from '../feeds/alarm-triggers.js';
import type { TriggerFiring } from '../feeds/trigger-firing.js';
import { retryConflicts } from './conflict-retry.js';
import { findEntity, lookUpEntity } from './entity-lookup.js';
import { toRejection } from './error-answer.js';
import { transactionIdOf } from './transaction-id.js';
import { toTrigger } from './trigger-documents.js';

interface Deps {
  readonly subjects: Pick<SubjectStore, 'ofNamespace'>;
  readonly artifacts: ArtifactStore;
  readonly entitlement: Entitlement;
  readonly firing: TriggerFiring;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Fires triggers on the way of `POST triggers/{t}`, without HTTP and so on this platform only (RS-211). */
export class TriggerAlarms implements AlarmTriggers {
  constructor(private readonly deps: Deps) {}

  async fire(key: AlarmKey, payload: JsonObject): Promise<number> {
    try {
      return await this.tryToFire(key, payload);
    } catch (error) {
      const refusal = toRejection(error, undefined);
      if (refusal === undefined) this.deps.log.error('controller', 'an alarm could not fire its trigger', error);
      return refusal?.status ?? 500;
    }
  }

  async remove(key: AlarmKey, withRules: boolean): Promise<void> {
    try {
      await retryConflicts(() => this.tryToRemove(keyOf(key), withRules));
    } catch (error) {
      this.deps.log.error('controller', `the trigger ${key.namespace}/${key.trigger} could not be deleted`, error);
    }
  }

  private async tryToFire(key: AlarmKey, payload: JsonObject): Promise<number> {
    const { subjects, artifacts, entitlement, firing, clock, random } = this.deps;
    const identity = await subjects.ofNamespace(key.namespace);
    if (identity === undefined) throw new Rejection(401, messages.authenticationInvalid);
    const { namespace, trigger: name } = key;
    await entitlement.check(identity, 'ACTIVATE', { namespace, collection: 'triggers', package: '', name });
    const trigger = toTrigger(await findEntity(artifacts, 'triggers', keyOf(key)));
    const transactionId = transactionIdOf(undefined, random);
    const fire = { trigger, identity, transactionId, received: clock.now(), headers: {}, payload };
    return (await firing.fire(fire)) === undefined ? 204 : 202;
  }

  private async tryToRemove(key: EntityKey, withRules: boolean): Promise<void> {
    const { artifacts } = this.deps;
    const entity = await lookUpEntity(artifacts, 'triggers', key);
    if (entity === undefined) return;
    const rules = withRules ? await this.deletedRules(toTrigger(entity), key.namespace) : [];
    await artifacts.commit([{ delete: key, expected: entity.revision }, ...rules]);
  }

  private async deletedRules({ rules = {} }: WhiskTrigger, namespace: string): Promise<Change[]> {
    const keys = Object.keys(rules).map((path) => ({
      namespace,
      package: '',
      name: path.slice(path.indexOf('/') + 1),
    }));
    const found = await Promise.all(keys.map((key) => this.deps.artifacts.find(key)));
    return found.flatMap((entity) =>
      entity?.collection === 'rules' ? [{ delete: entity.key, expected: entity.revision }] : [],
    );
  }
}

function keyOf({ namespace, trigger: name }: AlarmKey): EntityKey {
  return { namespace, package: '', name };
}
