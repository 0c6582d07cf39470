import { isMissing } from '../client/delete-entities.js';
import { deletePackage } from '../client/delete-package.js';
import { deleteTrigger } from '../client/delete-trigger.js';
import { inParallel } from '../client/in-parallel.js';
import { RtError } from '../errors/rt-error.js';
import type { ApplyDeps } from './apply-entity.js';
import type { Outcome } from './outcome.js';
import type { Removal } from './plan-model.js';
import { placeOf } from './planned-entity.js';

/** The steps of deletion in their order (D-18); feeds are told one by one. */
const steps: readonly { readonly of: (removal: Removal) => boolean; readonly serial?: true }[] = [
  { of: ({ thing }) => thing === 'api', serial: true },
  { of: ({ thing }) => thing === 'rule' },
  { of: ({ thing, live }) => thing === 'trigger' && live?.feed !== undefined, serial: true },
  { of: ({ thing, live }) => thing === 'trigger' && live?.feed === undefined },
  { of: (removal) => removal.thing === 'action' && isLiveSequence(removal) },
  { of: (removal) => removal.thing === 'action' && !isLiveSequence(removal) },
  { of: ({ thing }) => thing === 'package' },
];

/** Deletes entities in the order in which nothing is left hanging; what is gone already counts as deleted. A failure stops only its own. */
export async function applyRemovals(
  removals: readonly Removal[],
  options: { readonly jobs: number },
  deps: ApplyDeps,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { of, serial } of steps) {
    const jobs = serial === true ? 1 : options.jobs;
    outcomes.push(...(await inParallel(jobs, removals.filter(of), (removal) => removed(removal, deps))));
  }
  return outcomes;
}

async function removed(removal: Removal, deps: ApplyDeps): Promise<Outcome> {
  const { thing, name } = removal;
  const outcome = await remove(removal, deps).then(
    (): Outcome => ({ kind: 'deleted', thing, name }),
    (error: unknown): Outcome => {
      if (isMissing(error)) return { kind: 'deleted', thing, name };
      if (error instanceof RtError && !deps.signal.aborted) return { kind: 'failed', thing, name, error };
      throw error;
    },
  );
  deps.report.done(outcome);
  return outcome;
}

async function remove(removal: Removal, deps: ApplyDeps): Promise<void> {
  const { thing, name, live, route } = removal;
  const place = placeOf(removal);
  switch (thing) {
    case 'api':
      if (route === undefined) return;
      return deps.apis.delete({ basepath: route.basePath, relpath: route.path, operation: route.verb });
    case 'rule':
      await deps.rules.delete(deps.rules.resolve(place));
      return;
    case 'trigger':
      await deleteTrigger(
        deps.triggers.resolve(place),
        { tellFeed: live?.feed !== undefined, report: deps.report },
        deps,
      );
      return;
    case 'action':
      await deps.actions.delete(deps.actions.resolve(place), { what: `delete action '${name}'` });
      return;
    case 'package':
      await deletePackage(deps.packages.resolve(place), deps.packages);
  }
}

function isLiveSequence({ live }: Removal): boolean {
  return live?.annotations['exec'] === 'sequence';
}
