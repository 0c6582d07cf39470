import { stringifyJson } from '../../entity/json.js';
import type { DesiredState } from '../../project/desired-state.js';
import type { EntitiesDocument, ShownValues } from '../../project/entities-document.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** The members of an entity that hold values by name, and the word for each. */
const valueMembers = {
  parameters: 'input',
  feedParameters: 'feed input',
  environment: 'env',
  annotations: 'annotation',
} as const;

/** One entity of the document. */
type Entity = Partial<Record<keyof typeof valueMembers, ShownValues>>;

/** What a project wants to exist: the document rt-entities/1, or each entity with its values and where they came from (§1.9). */
export class ProjectReport implements Presenter {
  constructor(
    private readonly document: EntitiesDocument,
    private readonly origins: DesiredState['origins'],
  ) {}

  text(terminal: Terminal): void {
    const { packages, actions, triggers, rules, apis } = this.document;
    const { palette } = terminal;
    for (const [name, entity] of Object.entries(packages)) {
      const facts = entity.binding === undefined ? [entity.publish === true ? 'public' : ''] : [`→ ${entity.binding}`];
      this.entity(terminal, { type: 'package', name, facts, entity });
    }
    for (const [name, entity] of Object.entries(actions)) {
      const { kind = 'sequence', image, sequence, size } = entity;
      const facts = [kind, image ?? '', sequence?.join(' → ') ?? '', size === undefined ? '' : `${String(size)} bytes`];
      this.entity(terminal, { type: 'action', name, facts: [...facts, limitsText(entity.limits)], entity });
    }
    for (const [name, entity] of Object.entries(triggers)) {
      const facts = [entity.feed === undefined ? '' : `feed ${entity.feed}`];
      this.entity(terminal, { type: 'trigger', name, facts, entity });
    }
    for (const [name, entity] of Object.entries(rules)) {
      this.entity(terminal, { type: 'rule', name, facts: [`${entity.trigger} → ${entity.action}`], entity });
    }
    for (const { method, basePath, path, action } of apis) {
      terminal.answer(`${palette.name(`api ${method} ${basePath}${path}`)}  → ${action}`);
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.document));
  }

  names(): readonly string[] {
    const { packages, actions, triggers, rules } = this.document;
    return [packages, actions, triggers, rules].flatMap((entities) => Object.keys(entities));
  }

  private entity(
    terminal: Terminal,
    {
      type,
      name,
      facts,
      entity,
    }: { readonly type: string; readonly name: string; readonly facts: readonly string[]; readonly entity: Entity },
  ): void {
    const shown = facts.filter((fact) => fact !== '').map((fact) => `  ${fact}`);
    terminal.answer(`${terminal.palette.name(`${type} ${name}`)}${shown.join('')}`);
    for (const [member, word] of Object.entries(valueMembers)) {
      const values = Object.entries(entity[member as keyof Entity] ?? {});
      const width = Math.max(0, ...values.map(([key]) => key.length));
      for (const [key, value] of values) {
        const origin = this.originText(`${type}s/${name}/${member}/${key}`);
        terminal.answer(`  ${word} ${key.padEnd(width)}  ${stringifyJson(value)}${terminal.palette.dim(origin)}`);
      }
    }
  }

  private originText(path: string): string {
    const origin = this.origins?.get(path);
    if (origin === undefined) return '';
    const { from, place, variables } = origin;
    const where = from === 'parameter' ? '--param' : (place ?? from);
    return `  (${[where, ...variables.map((name) => `$${name}`)].join(', ')})`;
  }
}

function limitsText(limits: Readonly<Record<string, number>> = {}): string {
  const units: Readonly<Record<string, string>> = { timeout: ' ms', memory: ' MB', logs: ' MB' };
  return Object.entries(limits)
    .map(([name, value]) => `${name} ${String(value)}${units[name] ?? ''}`)
    .join(', ');
}
