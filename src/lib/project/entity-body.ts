import { type JsonValue, stringifyJson } from '../entity/json.js';
import { sentLimits } from './action-limits.js';
import type { DesiredCodeAction, Values } from './desired-state.js';
import { goneAnnotations, sentAnnotations } from './entity-annotations.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { absolute, isSequence } from './planned-entity.js';

/** What is sent for an entity. */
export interface EntityBody {
  /** Pieces of one JSON text. Code is a piece of its own, so that it is copied only once more, into bytes (P-53). */
  readonly parts: readonly string[];
  /** Annotations of an action that the text asks to drop. */
  readonly gone: readonly string[];
}

/**
 * The body of the PUT that makes an entity equal to what is desired (D-16): parameters and annotations always, empty or not. Code is read
 * here, and only where it is sent. `record: false` leaves the record out, for a trigger whose feed has not been told yet.
 */
export async function entityBody(
  write: PlannedWrite,
  plan: Plan,
  options: { readonly record: boolean } = plan,
): Promise<EntityBody> {
  const { entity, version } = write;
  const annotations = sentAnnotations(write, plan, options);
  const common = [member('version', version), `"annotations":${entries(annotations)}`];
  switch (entity.thing) {
    case 'package': {
      const { wanted } = entity;
      const kind =
        'binding' in wanted
          ? [member('binding', bindingOf(wanted.binding, plan.namespace)), member('publish', false)]
          : [member('publish', wanted.publish)];
      return body([...common, ...kind, `"parameters":${entries(wanted.parameters)}`]);
    }
    case 'action': {
      const gone = goneAnnotations(write, annotations);
      const removed = gone.length === 0 ? [] : [member('delAnnotations', gone)];
      const members = [...common, ...removed, member('publish', false)];
      if (!isSequence(entity.wanted)) return { parts: await codeParts(members, entity.wanted, write), gone };
      return { ...body([...members, member('exec', sequenceExec(entity.wanted.sequence, plan.namespace))]), gone };
    }
    case 'trigger':
      return body([...common, `"parameters":${entries(entity.wanted.parameters)}`]);
    case 'rule': {
      const { trigger, action } = entity.wanted;
      return body([
        ...common,
        member('trigger', absolute(trigger, plan.namespace)),
        member('action', absolute(action, plan.namespace)),
      ]);
    }
    case 'api':
      return body([]);
  }
}

function body(members: readonly string[]): EntityBody {
  return { parts: [`{${members.join(',')}}`], gone: [] };
}

function member(name: string, value: JsonValue): string {
  return `${JSON.stringify(name)}:${stringifyJson(value)}`;
}

function entries(values: Values, environment: Values = {}): string {
  const plain = Object.entries(values).map(([key, value]) => ({ key, value }));
  const delivered = Object.entries(environment).map(([key, value]) => ({ key, value, init: true }));
  return stringifyJson([...plain, ...delivered]);
}

/** The code comes last and is read only where it is sent. */
async function codeParts(
  members: readonly string[],
  wanted: DesiredCodeAction,
  write: PlannedWrite,
): Promise<readonly string[]> {
  const limits = sentLimits(wanted, write.live);
  const all = [
    ...members,
    `"parameters":${entries(wanted.parameters, wanted.environment)}`,
    ...(Object.keys(limits).length === 0 ? [] : [member('limits', limits)]),
  ].join(',');
  if (!write.sendPart) return [`{${all}}`];
  const { kind, main, image, code } = wanted;
  const exec = [
    member('kind', kind),
    ...(main === undefined ? [] : [member('main', main)]),
    ...(image === undefined ? [] : [member('image', image)]),
    ...(code === undefined ? [] : [member('binary', code.binary)]),
  ].join(',');
  const head = `{${all},"exec":{${exec}`;
  return code === undefined ? [`${head}}}`] : [`${head},"code":`, JSON.stringify(await code.read()), '}}'];
}

function sequenceExec(components: readonly string[], namespace: string): JsonValue {
  return { kind: 'sequence', components: components.map((component) => absolute(component, namespace)) };
}

function bindingOf(provider: string, own: string): JsonValue {
  const [namespace = '', name = ''] = absolute(provider, own).replace(/^\//, '').split('/');
  return { namespace, name };
}
