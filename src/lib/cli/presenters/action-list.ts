import { isWebAction } from '../../client/action-url.js';
import { annotationOf, type ListRecord, textOf } from '../../client/list-records.js';
import { numberOf } from '../../entity/json.js';
import { localTime } from './activation-time.js';
import { accessOf, type EntityTable, fullNameOf } from './entity-list.js';

/** The list of actions (C-46). */
export const actionTable: EntityTable = {
  title: 'actions',
  row: actionRow,
  creation: 'rt action create NAME FILE',
};

/** Cells of an action: wsk's three, then web flags, version and time of the last change. */
function actionRow(action: ListRecord): readonly string[] {
  return [
    fullNameOf(action),
    accessOf(action),
    kindOf(action),
    webFlag(action),
    textOf(action, 'version') ?? '-',
    localTime(numberOf(action['updated'])),
  ];
}

function kindOf(action: ListRecord): string {
  const kind = annotationOf(action, 'exec');
  return typeof kind === 'string' ? kind : '-';
}

function webFlag(action: ListRecord): string {
  if (!isWebAction(action)) return '-';
  if (annotationOf(action, 'raw-http') === true) return 'raw';
  const secret = annotationOf(action, 'require-whisk-auth');
  return secret === undefined || secret === false ? 'web' : 'web*';
}
