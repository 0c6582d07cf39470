import type { ArtifactStore, EntityKey, StoredEntity } from '../database/artifact-store.js';
import type { Entitlement } from '../entitlement/entitlement.js';
import { type ActionBody, parseActionBody } from '../entity/action-body.js';
import type { Clock } from '../entity/clock.js';
import type { SequenceExec } from '../entity/exec.js';
import { type KnownKinds, refuseDeprecated } from '../entity/exec-parser.js';
import type { JsonObject } from '../entity/json.js';
import type { Identity } from '../entity/identity.js';
import { checkActionLimits } from '../entity/limits.js';
import { messages } from '../entity/messages.js';
import { boundsOf, type NamespaceLimitsBook } from '../entity/namespace-limits.js';
import type { WhiskAction } from '../entity/whisk-action.js';
import { Rejection } from '../errors/rejection.js';
import { newAction, updatedAction } from './action-change.js';
import { toActionDocument, toActionSummary, toActionText } from './action-documents.js';
import { type ActionReader, type FoundAction, keyOf } from './action-reader.js';
import { type Answer, ok } from './answer.js';
import { requiredObject } from './json-body.js';
import type { ApiRequest } from './route.js';
import type { SequenceValidator } from './sequences/sequence-validator.js';

const minimal = 'return=minimal';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly reader: ActionReader;
  readonly sequences: SequenceValidator;
  readonly entitlement: Entitlement;
  readonly manifest: KnownKinds;
  readonly limits: Pick<NamespaceLimitsBook, 'of'>;
  readonly clock: Clock;
}

/** Creates, updates and deletes actions (openwhisk-api.md §6.1, §6.4, §7). */
export class ActionWriter {
  constructor(private readonly deps: Deps) {}

  /**
   * `PUT`: the order of the checks is that of §3.4. The answer is the stored action; for who sends `Prefer: return=minimal` (RFC 7240) it has no
   * code: a megabyte that is written and sent for nobody made a deploy of a hundred 1.4 times as long (P-51).
   */
  async put(request: ApiRequest): Promise<Answer> {
    refuseBinding(request);
    const json = requiredObject(request.body);
    const overwrite = request.query.boolean('overwrite', false);
    const body = this.parse(json, request.identity);
    const key = keyOf(request);
    const sequence = sequenceOf(body);
    if (sequence !== undefined) await this.deps.sequences.entitle(request.identity, sequence);
    const found = await this.deps.reader.lookUp(key);
    if (found !== undefined && !overwrite) throw new Rejection(409, messages.exists);
    if (sequence !== undefined) await this.deps.sequences.check(key, sequence);
    const isShort = prefersMinimal(request);
    const code = isShort ? undefined : await this.codeAfter(body, found);
    const action = found === undefined ? await this.create(key, body) : await this.update(found, body);
    const answer = ok(toActionText(action, { code }));
    return isShort ? { ...answer, headers: { 'preference-applied': minimal } } : answer;
  }

  /** `DELETE`: answers the entity as it was. */
  async delete(request: ApiRequest): Promise<Answer> {
    refuseBinding(request);
    const { entity, action, code } = await this.deps.reader.findWithCode(request);
    await this.deps.artifacts.commit([{ delete: entity.key, expected: entity.revision }]);
    return ok(toActionText(action, { code }));
  }

  private parse(json: JsonObject, caller: Identity): ActionBody {
    const { manifest, entitlement } = this.deps;
    const body = parseActionBody(json, manifest, caller.namespace);
    const limits = this.deps.limits.of(caller.namespace);
    if (body.limits !== undefined) checkActionLimits(body.limits, boundsOf(limits), limits.concurrentInvocations);
    if (body.exec !== undefined) entitlement.checkKind(caller, body.exec.exec.kind);
    return body;
  }

  private async create(key: EntityKey, body: ActionBody): Promise<WhiskAction> {
    if (body.exec === undefined) throw new Rejection(400, messages.execUndefined);
    const action = newAction(key, body, body.exec.exec, this.deps.clock.now());
    await this.store({ key, revision: 0 }, action, body.exec.code ?? null);
    return action;
  }

  private async update({ entity, action: stored }: FoundAction, body: ActionBody): Promise<WhiskAction> {
    const exec = body.exec?.exec ?? stored.exec;
    refuseDeprecated(exec.kind, this.deps.manifest);
    const action = updatedAction(stored, body, exec, this.deps.clock.now());
    await this.store(entity, action, body.exec === undefined ? undefined : (body.exec.code ?? null));
    return action;
  }

  /** The code that the action will have: that of the body, or the one it has. */
  private async codeAfter({ exec }: ActionBody, before: FoundAction | undefined): Promise<string | undefined> {
    return exec === undefined && before !== undefined ? this.deps.reader.codeOf(before.entity) : exec?.code;
  }

  /** Code that is undefined stays as it is stored. A write that lost a race is a 409 (RS-161). */
  private async store(
    { key, revision }: Pick<StoredEntity, 'key' | 'revision'>,
    action: WhiskAction,
    code: string | null | undefined,
  ): Promise<void> {
    const put = {
      collection: 'actions' as const,
      key,
      document: toActionDocument(action),
      summary: toActionSummary(action),
      updated: action.updated,
      ...(code === undefined ? {} : { code }),
    };
    // The package may have been deleted since the request was let in.
    const within =
      key.package === '' ? [] : [{ package: { ...key, package: '', name: key.package }, must: 'exist' as const }];
    await this.deps.artifacts.commit([...within, { put, expected: revision }]);
  }
}

function prefersMinimal({ headers }: ApiRequest): boolean {
  const preferences = headers['prefer'];
  return [preferences ?? []].flat().some((text) => text.split(',').some((one) => one.trim().toLowerCase() === minimal));
}

function refuseBinding({ access }: ApiRequest): void {
  if (access.package?.binding !== undefined) throw new Rejection(400, messages.bindingNotPermitted);
}

function sequenceOf({ exec: given }: ActionBody): SequenceExec | undefined {
  return given !== undefined && 'components' in given.exec ? given.exec : undefined;
}
