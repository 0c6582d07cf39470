import type { FullyQualifiedName, NamedThing } from '../entity/fully-qualified-name.js';
import { type Deletion, deleteEntities, type DeletionTarget } from './delete-entities.js';
import { deleteTrigger } from './delete-trigger.js';
import { entityName } from './entity-collection.js';
import { type ListRecord, textOf } from './list-records.js';
import type { NamespaceClients, NamespaceContents } from './namespace-contents.js';

/** An entity to delete. */
export interface DoomedEntity {
  readonly thing: NamedThing;
  readonly name: FullyQualifiedName;
}

/** Everything in a namespace in the order in which it can be deleted: rules and triggers first, so that nothing starts what is about to vanish. */
export function doomedEntities(contents: NamespaceContents, namespace: string): readonly DoomedEntity[] {
  const named = (thing: NamedThing, records: readonly ListRecord[]): DoomedEntity[] =>
    records.map((record) => {
      const [, inside = ''] = (textOf(record, 'namespace') ?? '').split('/');
      return { thing, name: { namespace, package: inside, name: textOf(record, 'name') ?? '' } };
    });
  return [
    ...named('rule', contents.rules),
    ...named('trigger', contents.triggers),
    ...named('action', contents.actions),
    ...named('package', contents.packages),
  ];
}

/** Deletes the entities one after the other up to the first failure; feeds are told about their triggers (C-69). */
export function cleanNamespace(
  doomed: readonly DoomedEntity[],
  deps: NamespaceClients & { readonly authKey: string },
): Promise<Deletion> {
  const targets = doomed.map(({ thing, name }): DeletionTarget => {
    // Any of them may be gone already: a feed may have deleted what belongs to it.
    const target = { thing, name: entityName(name), incidental: true } as const;
    switch (thing) {
      case 'rule':
        return { ...target, remove: () => deps.rules.delete(name) };
      case 'trigger':
        return { ...target, remove: (report) => deleteTrigger(name, { tellFeed: true, report }, deps) };
      case 'action':
        return { ...target, remove: () => deps.actions.delete(name, { what: `delete action '${entityName(name)}'` }) };
      case 'package':
        return { ...target, remove: () => deps.packages.delete(name) };
    }
  });
  return deleteEntities(targets, { ifExists: true });
}
