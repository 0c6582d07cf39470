import { type ListRecord, textOf } from '../../client/list-records.js';
import { isJsonObject, numberOf } from '../../entity/json.js';
import { localTime } from './activation-time.js';
import { accessOf, type EntityTable, fullNameOf } from './entity-list.js';

/** The list of packages (C-46). */
export const packageTable: EntityTable = {
  title: 'packages',
  row: packageRow,
  creation: 'rt package create NAME',
};

/** Cells of a package: wsk's two, then what a binding is bound to, version and time of the last change. */
function packageRow(found: ListRecord): readonly string[] {
  return [
    fullNameOf(found),
    accessOf(found),
    boundTo(found),
    textOf(found, 'version') ?? '-',
    localTime(numberOf(found['updated'])),
  ];
}

function boundTo({ binding }: ListRecord): string {
  const isBinding = isJsonObject(binding) && textOf(binding, 'name') !== undefined;
  return isBinding ? `binding of ${fullNameOf(binding)}` : 'package';
}
