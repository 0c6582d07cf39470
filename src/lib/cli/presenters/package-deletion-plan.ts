import type { DeletionPlan } from '../../client/delete-packages.js';
import { entityName } from '../../client/entity-collection.js';

/** What a recursive deletion would do, to complete `this would …` (C-61); undefined when nothing but empty packages is deleted. */
export function describePlan({ packages, rules, triggers }: DeletionPlan): string | undefined {
  const actions = packages.flatMap((contents) => contents.actions);
  const parts = [
    ...counted(actions.length, 'action'),
    ...counted(rules.length, 'rule'),
    ...counted(triggers.length, 'trigger'),
  ];
  const last = parts.pop();
  if (last === undefined) return undefined;
  const named = packages.map(({ name }) => `'${entityName(name)}'`).join(', ');
  const more = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `delete package${packages.length === 1 ? '' : 's'} ${named} with ${more}`;
}

function counted(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [`${String(count)} ${noun}${count === 1 ? '' : 's'}`];
}
