import { inParallel } from '../client/in-parallel.js';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import { objectsIn, parsedOrUndefined } from '../client/list-records.js';
import type { NamespaceClients } from '../client/namespace-contents.js';
import type { DesiredState, Values } from './desired-state.js';
import { fieldChanges } from './field-changes.js';
import { valuesIn } from './live-state.js';
import type { FieldChange, Plan } from './plan-model.js';
import { isSequence, placeOf, type PlannedEntity, type ProjectThing } from './planned-entity.js';

/**
 * The plan with the fields that each update changes, for which one GET an entity is sent, `jobs` at a time. Where no record is kept this also
 * finds what is unchanged (D-21); of a trigger's feed only the feed itself knows the parameters, so it counts as changed.
 */
export async function compareLive(
  plan: Plan,
  options: { readonly jobs: number } & Pick<DesiredState, 'origins'>,
  clients: NamespaceClients,
): Promise<Plan> {
  const reader = new LiveReader(clients);
  const writes = await inParallel(options.jobs, plan.writes, async (write) => {
    if (write.op !== 'update' || write.entity.thing === 'api') return write;
    const document = await reader.read(write.entity, write.sendPart);
    const part = write.sendPart ? await partChange(write.entity, document) : [];
    const fields = [...fieldChanges(write, document, { ...options, namespace: plan.namespace }), ...part];
    const equal = !plan.record && fields.length === 0 && write.reasons.length === 0;
    return { ...write, fields, op: equal ? ('unchanged' as const) : write.op };
  });
  return { ...plan, writes };
}

/** Reads entities as they are stored, each package once. */
class LiveReader {
  private readonly packages = new Map<string, Promise<Values>>();

  constructor(private readonly clients: NamespaceClients) {}

  async read(entity: PlannedEntity, code: boolean): Promise<JsonObject> {
    if (entity.thing !== 'action') return this.get(entity.thing, entity.name, code);
    const document = await this.get('action', entity.name, code);
    const holder = placeOf(entity).package;
    if (holder === '') return document;
    const stated = isSequence(entity.wanted) ? {} : entity.wanted.parameters;
    return withoutInherited(document, stated, await this.parametersOf(holder));
  }

  private parametersOf(name: string): Promise<Values> {
    const known =
      this.packages.get(name) ?? this.get('package', name, false).then((found) => valuesIn(found['parameters']));
    this.packages.set(name, known);
    return known;
  }

  private async get(thing: ProjectThing, name: string, code: boolean): Promise<JsonObject> {
    const { actions, packages, triggers, rules } = this.clients;
    const place = actions.resolve(placeOf({ thing, name }));
    const others = thing === 'package' ? packages : thing === 'trigger' ? triggers : rules;
    const body = await (thing === 'action' ? actions.get(place, { code }) : others.get(place));
    const document = parsedOrUndefined(body);
    return isJsonObject(document) ? document : {};
  }
}

/** An action is shown with the parameters of its package; those that the project does not state and that are the same there are the package's. */
function withoutInherited(document: JsonObject, stated: Values, inherited: Values): JsonObject {
  const parameters = objectsIn(document['parameters']).filter(({ key, value = null }) => {
    if (typeof key !== 'string') return false;
    const other = inherited[key];
    return Object.hasOwn(stated, key) || other === undefined || stringifyJson(other) !== stringifyJson(value);
  });
  return { ...document, parameters };
}

/** Whether the code differs, or that a feed is told. */
async function partChange(entity: PlannedEntity, document: JsonObject): Promise<FieldChange[]> {
  if (entity.thing === 'trigger') {
    return entity.wanted.feed === undefined ? [] : [{ path: 'feed', to: `${entity.wanted.feed} is told again` }];
  }
  if (entity.thing !== 'action' || isSequence(entity.wanted)) return [];
  const { exec } = document;
  const there: JsonValue | undefined = isJsonObject(exec) ? exec['code'] : undefined;
  const { code } = entity.wanted;
  if ((code === undefined ? undefined : await code.read()) === there) return [];
  return [
    { path: 'code', ...(code === undefined ? {} : { to: `${code.digest.slice(0, 19)}… (${String(code.size)} B)` }) },
  ];
}
