import { isSequence, ownName, type PlannedEntity } from './planned-entity.js';

/** `action pkg/name`: how an entity is named where several collections meet. */
export function labelOf({ thing, name }: { readonly thing: string; readonly name: string }): string {
  return `${thing} ${name}`;
}

/** Labels of what has to be there before an entity (D-18, D-19); those outside of the project are among them. */
export function needsOf(entity: PlannedEntity, namespace: string): readonly string[] {
  const action = (reference: string): string[] => own('action', reference, namespace);
  switch (entity.thing) {
    case 'package':
      return 'binding' in entity.wanted ? own('package', entity.wanted.binding, namespace) : [];
    case 'action': {
      const { name, wanted } = entity;
      const inside = name.includes('/') ? [`package ${name.slice(0, name.indexOf('/'))}`] : [];
      return [...inside, ...(isSequence(wanted) ? wanted.sequence.flatMap(action) : [])];
    }
    case 'trigger':
      return entity.wanted.feed === undefined ? [] : action(entity.wanted.feed);
    case 'rule':
      return [...own('trigger', entity.wanted.trigger, namespace), ...action(entity.wanted.action)];
    case 'api':
      return action(entity.wanted.action);
  }
}

function own(thing: 'package' | 'action' | 'trigger', reference: string, namespace: string): string[] {
  const name = ownName(reference, namespace);
  return name === undefined ? [] : [`${thing} ${name}`];
}
