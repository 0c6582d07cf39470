import { actionUrl } from '../client/action-url.js';
import type { WhiskClient } from '../client/whisk-client.js';
import type { Clock } from '../entity/clock.js';
import { stringifyJson } from '../entity/json.js';
import { applyPlan } from './apply.js';
import type { ApplyReport, Outcome } from './outcome.js';
import type { Plan } from './plan-model.js';
import { placeOf } from './planned-entity.js';
import { applyDeps, type ProjectTarget } from './project-target.js';

/** What a deploy or undeploy has done. */
export interface Deployment {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  /** URLs of the web actions that are there now, by name (C-73). */
  readonly urls: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Milliseconds from the first write to the last answer. */
  readonly durationMs: number;
  readonly target: DeployTarget;
}

/** Where a project went. */
export interface DeployTarget {
  readonly apihost: string;
  readonly namespace: string;
}

/** What carrying out takes. */
export interface CarryOutDeps {
  readonly target: ProjectTarget;
  readonly report: ApplyReport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Carries out a plan and gives what became of everything; an entity that fails is part of the result, not an error (D-19). */
export async function carryOut(
  plan: Plan,
  options: { readonly jobs: number },
  { target, report, clock, signal }: CarryOutDeps,
): Promise<Deployment> {
  const start = clock.monotonic();
  const warnings = [...plan.warnings];
  const noting: ApplyReport = {
    done: (outcome) => {
      report.done(outcome);
    },
    warning: (text) => {
      warnings.push(text);
      report.warning(text);
    },
  };
  for (const warning of plan.warnings) report.warning(warning);
  const outcomes = await applyPlan(plan, options, applyDeps(target, noting, signal));
  return {
    plan,
    outcomes,
    urls: urlsOf(plan, outcomes, target.client),
    warnings,
    durationMs: Math.round(clock.monotonic() - start),
    target: targetOf(plan, target),
  };
}

/** Host and namespace of a plan. */
export function targetOf({ namespace }: Plan, { client }: ProjectTarget): DeployTarget {
  return { apihost: client.connection.apihost.value, namespace };
}

function urlsOf(plan: Plan, outcomes: readonly Outcome[], client: WhiskClient): Record<string, string> {
  const there = new Set(outcomes.filter(isThere).map(({ thing, name }) => `${thing} ${name}`));
  const urls = plan.writes.flatMap(({ entity }) => {
    if (entity.thing !== 'action' || entity.wanted.annotations['web-export'] !== true) return [];
    if (!there.has(`action ${entity.name}`)) return [];
    const { package: inside, name } = placeOf(entity);
    const namespace = inside === '' ? plan.namespace : `${plan.namespace}/${inside}`;
    const annotations = [{ key: 'web-export', value: true }];
    return [[entity.name, actionUrl(stringifyJson({ namespace, name, annotations }), client)] as const];
  });
  return Object.fromEntries(urls);
}

function isThere({ kind }: Outcome): boolean {
  return kind === 'created' || kind === 'updated' || kind === 'unchanged';
}
