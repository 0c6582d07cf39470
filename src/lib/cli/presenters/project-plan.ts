import type { DeployTarget } from '../../project/carry-out.js';
import type { FieldChange, Plan, PlannedWrite, Removal } from '../../project/plan-model.js';
import { stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Palette, Terminal } from '../terminal.js';

interface Named {
  readonly thing: string;
  readonly name: string;
}

/** Columns of a plan's names; longer ones push the rest. */
const nameWidth = 24;

/** Shows what a deploy would do (deploy-and-dev.md §4.2). Secrets were hidden when the plan was made. */
export class ProjectPlanPresenter implements Presenter {
  constructor(
    private readonly plan: Plan,
    private readonly target: DeployTarget,
  ) {}

  text(terminal: Terminal): void {
    const { writes, removals, drift, warnings } = this.plan;
    const { palette } = terminal;
    const changes = writes.filter(({ op }) => op !== 'unchanged');
    terminal.answer(`${this.title()}: ${countsText(planCounts(this.plan))}`);
    if (changes.length + removals.length > 0) terminal.answer('');
    for (const write of changes) {
      const { entity, fields } = write;
      const sign = write.op === 'create' ? '+' : '~';
      terminal.answer(row(sign, entity, remarks(write), palette));
      for (const field of fields) terminal.answer(fieldLine(field));
    }
    for (const removal of removals) terminal.answer(row('-', removal, removalRemark(removal), palette));
    for (const changed of drift) {
      const text = `changed outside rt: version ${changed.version}, expected ${changed.expected}; will be reset`;
      terminal.answer(row('!', changed, text, palette));
    }
    for (const warning of warnings) terminal.warn(warning);
  }

  json(): JsonText {
    return new JsonText(stringifyJson(planDocument(this.plan)));
  }

  private title(): string {
    const { project } = this.plan;
    const name = project === undefined ? '' : ` for project ${project.name}`;
    return `Plan${name} on ${this.target.apihost}, namespace ${this.target.namespace}`;
  }
}

/** Numbers of entities by what becomes of them. */
interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly unchanged: number;
}

/** The document of a plan (§4.2): only what changes, with the fields that were read. */
export function planDocument(plan: Plan): object {
  const { writes, removals, drift, warnings } = plan;
  const changed = writes.filter(({ op }) => op !== 'unchanged');
  return {
    summary: planCounts(plan),
    changes: [
      ...changed.map(({ op, entity: { thing, name }, fields, reasons }) => ({
        ...{ op, type: thing, name, fields },
        ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
      })),
      ...removals.map(({ thing, name }) => ({ op: 'delete', type: thing, name, fields: [] })),
    ],
    drift: drift.map(({ thing, name, version, expected }) => ({ type: thing, name, version, expected })),
    warnings,
  };
}

/** Whether a plan leaves the target as it is. */
export function isEmptyPlan({ writes, removals }: Plan): boolean {
  return removals.length === 0 && writes.every(({ op }) => op === 'unchanged');
}

/** What a plan would delete, to complete `this would …` (C-61). */
export function describeRemovals({ removals, namespace }: Plan): string {
  const names = removals.map(({ thing, name }) => `${thing} ${name}`);
  const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : '';
  return `delete ${names.slice(0, 5).join(', ')}${more} in namespace '${namespace}'`;
}

function planCounts({ writes, removals }: Plan): PlanCounts {
  const count = (op: PlannedWrite['op']): number => writes.filter((write) => write.op === op).length;
  return {
    create: count('create'),
    update: count('update'),
    delete: removals.length,
    unchanged: count('unchanged'),
  };
}

function countsText(counts: PlanCounts): string {
  return [
    `${String(counts.create)} to create`,
    `${String(counts.update)} to update`,
    `${String(counts.delete)} to delete`,
    `${String(counts.unchanged)} unchanged`,
  ].join(', ');
}

function row(sign: string, { thing, name }: Named, remark: string, palette: Palette): string {
  const padding = ' '.repeat(Math.max(1, nameWidth - name.length));
  return `  ${sign} ${thing.padEnd(8)} ${palette.name(name)}${remark === '' ? '' : `${padding}${remark}`}`;
}

function remarks({ entity, op, reasons, replace }: PlannedWrite): string {
  const about = op === 'create' ? describe(entity) : '';
  return [about, ...reasons, ...(replace ? ['the one that is there is deleted first'] : [])]
    .filter((text) => text !== '')
    .join('; ');
}

/** What a new entity is. */
function describe(entity: PlannedWrite['entity']): string {
  switch (entity.thing) {
    case 'package':
      return 'binding' in entity.wanted ? `binding of ${entity.wanted.binding}` : '';
    case 'action': {
      if ('sequence' in entity.wanted) return `sequence of ${String(entity.wanted.sequence.length)}`;
      const { kind, code } = entity.wanted;
      return code === undefined ? kind : `${kind}, ${sizeText(code.size)}`;
    }
    case 'trigger':
      return entity.wanted.feed === undefined ? '' : `feed ${entity.wanted.feed}`;
    case 'rule':
      return `${entity.wanted.trigger} → ${entity.wanted.action}`;
    case 'api':
      return `→ ${entity.wanted.action}`;
  }
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function removalRemark({ live }: Removal): string {
  return live?.feed === undefined ? '' : `feed ${live.feed} is told first`;
}

function fieldLine({ path, from, to }: FieldChange): string {
  const text = (value: typeof from): string => (typeof value === 'string' ? value : stringifyJson(value ?? null));
  const left = from === undefined ? '' : `${text(from)} `;
  const right = to === undefined ? '(removed)' : text(to);
  return `      ${path.padEnd(nameWidth + 6)} ${left}→ ${right}${publicity(path, from, to)}`;
}

/** A web flag that comes or goes decides who may call an action: that is said in words. */
function publicity(path: string, from: FieldChange['from'], to: FieldChange['to']): string {
  if (path !== 'annotations.web-export') return '';
  if (to === true) return '   now public';
  return from === true ? '   no longer public' : '';
}
