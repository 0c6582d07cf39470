import { annotationOf, type ListRecord } from '../../client/list-records.js';
import { isJsonObject, numberOf } from '../../entity/json.js';
import { localTime } from './activation-time.js';
import { accessOf, type EntityTable, fullNameOf } from './entity-list.js';

/** The list of triggers (C-46). */
export const triggerTable: EntityTable = {
  title: 'triggers',
  row: triggerRow,
  creation: 'rt trigger create NAME',
};

/** Cells of a trigger: wsk's two, then its rules, its feed and the time of the last change. */
function triggerRow(trigger: ListRecord): readonly string[] {
  const feed = annotationOf(trigger, 'feed');
  return [
    fullNameOf(trigger),
    accessOf(trigger),
    rulesOf(trigger),
    typeof feed === 'string' ? feed : '-',
    localTime(numberOf(trigger['updated'])),
  ];
}

/** `?` for a summary of a list, which names no rules: a GET of the trigger does, and shows its parameters too (openwhisk-api.md §6.5). */
function rulesOf({ rules, parameters }: ListRecord): string {
  if (!isJsonObject(rules)) return parameters === undefined ? '?' : '-';
  const links = Object.values(rules);
  const active = links.filter((link) => isJsonObject(link) && link['status'] === 'active').length;
  return links.length === 0 ? '-' : `${String(active)} active`;
}
