import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import { objectsIn, textOf } from '../client/list-records.js';
import { sentLimits } from './action-limits.js';
import { isToolAnnotation, statedAnnotations } from './entity-annotations.js';
import type { DesiredAction, DesiredCodeAction, DesiredState, Values } from './desired-state.js';
import { valuesIn } from './live-state.js';
import type { FieldChange, Plan, PlannedWrite } from './plan-model.js';
import { absolute, isSequence, type PlannedEntity } from './planned-entity.js';
import { hidden, shownValue } from './secret-values.js';

type Fields = ReadonlyMap<string, JsonValue>;

/** The fields in which a live entity (as GET shows it) differs from what is desired, code apart (§4.2). Pure. */
export function fieldChanges(
  { entity, live }: PlannedWrite,
  document: JsonObject,
  { namespace, origins }: Pick<Plan, 'namespace'> & Pick<DesiredState, 'origins'>,
): readonly FieldChange[] {
  const wanted = wantedFields(entity, live, namespace);
  const there = liveFields(entity, live, document);
  const paths = [...new Set([...there.keys(), ...wanted.keys()])];
  return paths.flatMap((path) => {
    const from = there.get(path);
    const to = wanted.get(path);
    if (areEqual(path, from, to)) return [];
    // What came from a variable may be a secret, whatever its name (§4.2).
    const origin = origins?.get(`${entity.thing}s/${entity.name}/${path.replace('.', '/')}`);
    const show = (value: JsonValue) => ((origin?.variables.length ?? 0) > 0 ? hidden : shownValue(path, value));
    return [
      {
        path,
        ...(from === undefined ? {} : { from: show(from) }),
        ...(to === undefined ? {} : { to: show(to) }),
      },
    ];
  });
}

function wantedFields(entity: PlannedEntity, live: PlannedWrite['live'], namespace: string): Fields {
  const annotations = prefixed('annotations', statedAnnotations(entity));
  switch (entity.thing) {
    case 'package': {
      const { wanted } = entity;
      const own: [string, JsonValue][] =
        'binding' in wanted ? [['binding', absolute(wanted.binding, namespace)]] : [['publish', wanted.publish]];
      return new Map([...own, ...prefixed('parameters', wanted.parameters), ...annotations]);
    }
    case 'action': {
      const { wanted } = entity;
      if (isSequence(wanted)) {
        const components = wanted.sequence.map((component) => absolute(component, namespace));
        return new Map<string, JsonValue>([['kind', 'sequence'], ['actions', components], ...annotations]);
      }
      const limits = sentLimits(wanted, live) as Values;
      const given = [
        ...prefixed('parameters', wanted.parameters),
        ...prefixed('environment', wanted.environment ?? {}),
      ];
      const values = [...given, ...prefixed('limits', limits), ...annotations];
      return new Map([...execFields(wanted), ...values]);
    }
    case 'trigger':
      return new Map([...prefixed('parameters', entity.wanted.parameters), ...annotations]);
    case 'rule': {
      const { trigger, action } = entity.wanted;
      const ends: [string, JsonValue][] = [
        ['trigger', absolute(trigger, namespace)],
        ['action', absolute(action, namespace)],
      ];
      return new Map([...ends, ...annotations]);
    }
    case 'api':
      return new Map();
  }
}

/** `main` is what runtimes call where nothing is said. */
function execFields({ kind, main = 'main', image }: DesiredCodeAction): [string, JsonValue][] {
  return [
    ['kind', kind],
    ['main', main],
    ...(image === undefined ? [] : ([['image', image]] as [string, JsonValue][])),
  ];
}

function liveFields(entity: PlannedEntity, live: PlannedWrite['live'], document: JsonObject): Fields {
  const stated = Object.entries(valuesIn(document['annotations'])).filter(([key]) => !isToolAnnotation(key));
  const annotations = prefixed('annotations', Object.fromEntries(stated));
  const parameters = prefixed('parameters', valuesIn(document['parameters']));
  switch (entity.thing) {
    case 'package': {
      const { binding, publish = false } = document;
      const bound = isJsonObject(binding) ? textOf(binding, 'name') : undefined;
      const provider = isJsonObject(binding) ? `/${textOf(binding, 'namespace') ?? ''}/${bound ?? ''}` : '';
      const own: [string, JsonValue] = bound === undefined ? ['publish', publish] : ['binding', provider];
      return new Map([own, ...parameters, ...annotations]);
    }
    case 'action':
      return new Map([...liveAction(entity.wanted, live, document), ...annotations]);
    case 'trigger':
      return new Map([...parameters, ...annotations]);
    case 'rule':
      return new Map([
        ['trigger', pathOf(document['trigger'])],
        ['action', pathOf(document['action'])],
        ...annotations,
      ]);
    case 'api':
      return new Map();
  }
}

/** Only those limits count that are sent: the others are the platform's own. */
function liveAction(wanted: DesiredAction, live: PlannedWrite['live'], document: JsonObject): Fields {
  const { exec, limits, parameters } = document;
  const { kind = '', main = 'main', image, components } = isJsonObject(exec) ? exec : {};
  if (components !== undefined)
    return new Map([
      ['kind', 'sequence'],
      ['actions', components],
    ]);
  const stated = isSequence(wanted) ? [] : Object.keys(sentLimits(wanted, live));
  const known = Object.entries(isJsonObject(limits) ? limits : {}).filter(([name]) => stated.includes(name));
  return new Map([
    ['kind', kind],
    ['main', main],
    ...(image === undefined ? [] : ([['image', image]] as [string, JsonValue][])),
    ...prefixed(
      'parameters',
      valuesIn(parameters, (entry) => entry['init'] !== true),
    ),
    ...prefixed(
      'environment',
      valuesIn(parameters, (entry) => entry['init'] === true),
    ),
    ...prefixed('limits', Object.fromEntries(known)),
  ]);
}

function prefixed(prefix: string, values: Values): [string, JsonValue][] {
  return Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]);
}

/** A rule shows its ends as `{path, name}`. */
function pathOf(end: JsonValue | undefined): string {
  const [only] = objectsIn([end ?? null]);
  return only === undefined ? '' : `/${textOf(only, 'path') ?? ''}/${textOf(only, 'name') ?? ''}`;
}

function areEqual(path: string, from: JsonValue | undefined, to: JsonValue | undefined): boolean {
  if (from === undefined || to === undefined) return from === to;
  // `nodejs:default` is stored as the kind that it stands for.
  if (path === 'kind' && typeof to === 'string' && to.endsWith(':default')) {
    return typeof from === 'string' && from.startsWith(to.slice(0, -'default'.length));
  }
  return stringifyJson(from) === stringifyJson(to);
}
