import { checkField } from './action-field.js';

/** What of a trigger, rule or package is shown. */
export type EntityView =
  { readonly type: 'whole' } | { readonly type: 'summary' } | { readonly type: 'field'; readonly field: string };

const common: readonly string[] = ['annotations', 'name', 'namespace', 'publish', 'updated', 'version'];

/** Members that a FIELD may begin with. */
export const fieldsOf: Readonly<Record<'trigger' | 'rule' | 'package', readonly string[]>> = {
  trigger: [...common, 'limits', 'parameters', 'rules'].sort(),
  rule: [...common, 'action', 'status', 'trigger'].sort(),
  package: [...common, 'actions', 'binding', 'feeds', 'parameters'].sort(),
};

/** What FIELD and `--summary` ask for; `--summary` gives way to a field. Throws UsageError for a field that cannot be there (C-55). */
export function entityView(
  thing: 'trigger' | 'rule' | 'package',
  field: string | undefined,
  summary: boolean,
): EntityView {
  if (field === undefined) return { type: summary ? 'summary' : 'whole' };
  checkField(field, fieldsOf[thing]);
  return { type: 'field', field };
}
