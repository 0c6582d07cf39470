import { inParallel } from '../client/in-parallel.js';
import { RtError } from '../errors/rt-error.js';
import { type ApplyDeps, applyEntity } from './apply-entity.js';
import { applyRemovals } from './apply-removals.js';
import { labelOf, needsOf } from './dependencies.js';
import type { Outcome } from './outcome.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { writeSteps } from './write-order.js';

/**
 * Carries out a plan (D-18, D-19): `jobs` entities at a time, each behind what it needs. One that fails stops only what needs it; deletions
 * begin when every write has succeeded. Resolves with what became of each entity; throws only for bugs and on interruption.
 */
export async function applyPlan(
  plan: Plan,
  options: { readonly jobs: number },
  deps: ApplyDeps,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = plan.writes.flatMap(({ op, entity: { thing, name } }) =>
    op === 'unchanged' ? [{ kind: op, thing, name }] : [],
  );
  for (const outcome of outcomes) deps.report.done(outcome);
  const broken = new Set<string>();
  const writes = plan.writes.filter(({ op }) => op !== 'unchanged');
  for (const step of writeSteps(writes, plan.namespace)) {
    const jobs = step.serial ? 1 : options.jobs;
    const done = await inParallel(jobs, step.writes, async (write) => {
      const outcome = await written(write, plan, broken, deps);
      deps.report.done(outcome);
      return outcome;
    });
    for (const outcome of done) {
      if (outcome.kind === 'failed' || outcome.kind === 'skipped') broken.add(labelOf(outcome));
    }
    outcomes.push(...done);
  }
  if (broken.size > 0) return outcomes;
  return [...outcomes, ...(await applyRemovals(plan.removals, options, deps))];
}

async function written(
  write: PlannedWrite,
  plan: Plan,
  broken: ReadonlySet<string>,
  deps: ApplyDeps,
): Promise<Outcome> {
  const { thing, name } = write.entity;
  const needs = needsOf(write.entity, plan.namespace).find((label) => broken.has(label));
  if (needs !== undefined) return { kind: 'skipped', thing, name, needs };
  try {
    await applyEntity(write, plan, deps);
    return { kind: write.op === 'create' ? 'created' : 'updated', thing, name };
  } catch (error) {
    if (!(error instanceof RtError) || deps.signal.aborted) throw error;
    return { kind: 'failed', thing, name, error };
  }
}
