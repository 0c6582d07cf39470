import type { ArtifactStore, EntityKey } from '../database/artifact-store.js';
import type { Clock } from '../entity/clock.js';
import { type GivenFields, newHead, parseGivenFields, updatedHead } from '../entity/entity-fields.js';
import { isEntityName } from '../entity/entity-name.js';
import type { JsonValue } from '../entity/json.js';
import { stringifyJson } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import { annotationValue } from '../entity/parameters.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, ok } from './answer.js';
import { retryConflicts } from './conflict-retry.js';
import { findEntity, keyOutsidePackages, lookUpEntity } from './entity-lookup.js';
import { requiredObject } from './json-body.js';
import type { ApiRequest } from './route.js';
import { type FoundTrigger, putTrigger, toTrigger } from './trigger-documents.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
}

/** Creates, updates and deletes triggers (openwhisk-api.md §13.2, §13.5). */
export class TriggerWriter {
  constructor(private readonly deps: Deps) {}

  /** `PUT`: the order of the checks is that of §3.4. */
  put(request: ApiRequest): Promise<Answer> {
    const json = requiredObject(request.body);
    const overwrite = request.query.boolean('overwrite', false);
    const body = parseGivenFields(json);
    const key = keyOutsidePackages(request);
    return retryConflicts(async () => {
      const entity = await lookUpEntity(this.deps.artifacts, 'triggers', key);
      if (entity === undefined) return this.create(key, body);
      if (!overwrite) throw new Rejection(409, messages.exists);
      return this.update({ entity, trigger: toTrigger(entity) }, body);
    });
  }

  /** `DELETE`: answers the entity as it was. Its rules stay and count as inactive (openwhisk-api.md §13.5). */
  delete(request: ApiRequest): Promise<Answer> {
    return retryConflicts(async () => {
      const entity = await findEntity(this.deps.artifacts, 'triggers', keyOutsidePackages(request));
      await this.deps.artifacts.commit([{ delete: entity.key, expected: entity.revision }]);
      return ok(stringifyJson(entity.document));
    });
  }

  private async create(key: EntityKey, body: GivenFields): Promise<Answer> {
    checkFeed(annotationValue(body.annotations ?? [], 'feed'));
    const { updated, ...head } = newHead(key, body, this.deps.clock.now());
    const { parameters = [], annotations = [] } = body;
    return this.store({ key, revision: 0 }, { ...head, parameters, annotations, limits: {}, updated });
  }

  /** Given sets replace the stored ones, links to rules are kept (openwhisk-api.md §6.3, §13.2). */
  private update({ entity, trigger }: FoundTrigger, body: GivenFields): Promise<Answer> {
    return this.store(entity, {
      ...trigger,
      ...updatedHead(trigger, body, this.deps.clock.now()),
      parameters: body.parameters ?? trigger.parameters,
      annotations: body.annotations ?? trigger.annotations,
    });
  }

  private async store(place: Parameters<typeof putTrigger>[0], trigger: WhiskTrigger): Promise<Answer> {
    await this.deps.artifacts.commit([putTrigger(place, trigger)]);
    return ok(stringifyJson(trigger));
  }
}

/** The annotation `feed` must name an action: `name`, `pkg/name`, `/ns/pkg/name` (openwhisk-api.md §13.2). */
function checkFeed(feed: JsonValue | undefined): void {
  if (feed === undefined) return;
  const sound = typeof feed === 'string' && feed.replace(/^\//, '').split('/').every(isEntityName);
  if (!sound) throw new Rejection(400, messages.feedName);
}
