import { type ListRecord, textOf } from '../../client/list-records.js';
import { isJsonObject, type JsonValue } from '../../entity/json.js';
import { accessOf, type EntityTable, fullNameOf } from './entity-list.js';

/** The list of rules (C-46). */
export const ruleTable: EntityTable = {
  title: 'rules',
  row: ruleRow,
  creation: 'rt rule create NAME TRIGGER ACTION',
};

/** Cells of a rule: wsk's three, then what it joins. The status is `?` when it could not be read (C-70). */
function ruleRow(rule: ListRecord): readonly string[] {
  const joins = `${placeOf(rule['trigger'])} → ${placeOf(rule['action'])}`;
  return [fullNameOf(rule), accessOf(rule), textOf(rule, 'status') ?? '?', joins];
}

/** `/ns/[pkg/]name` of the trigger or action of a rule. */
function placeOf(value: JsonValue | undefined): string {
  if (!isJsonObject(value)) return '?';
  return `/${textOf(value, 'path') ?? '_'}/${textOf(value, 'name') ?? ''}`;
}
