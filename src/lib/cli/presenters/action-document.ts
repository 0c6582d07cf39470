import { formatJson, jsonMember, jsonMembers } from '../json-text.js';

/** Indentation of JSON in text output (C-45). */
const textIndent = 4;

/** JSON as text output shows it (C-45). */
export function shownJson(text: string): string {
  return formatJson(text, textIndent);
}

/** An action as JSON text without its code (C-49); everything else, its order too, stays as it was. */
export function withoutCode(action: string): string {
  const exec = jsonMember(action, ['exec']);
  if (exec === undefined || jsonMember(exec, ['code']) === undefined) return action;
  const slim = objectText(jsonMembers(exec).filter(({ name }) => name !== 'code'));
  return objectText(
    jsonMembers(action).map((member) => (member.name === 'exec' ? { name: 'exec', value: slim } : member)),
  );
}

/** An object's JSON text with one member more at its end. */
export function withMember(object: string, name: string, value: string): string {
  return withMemberText(object, name, JSON.stringify(value));
}

/** The same for a member that is JSON text already. */
export function withMemberText(object: string, name: string, value: string): string {
  return objectText([...jsonMembers(object), { name, value }]);
}

/** Lists of an entity that wsk shows only when something is in them. */
const lists: ReadonlySet<string> = new Set(['annotations', 'parameters', 'actions', 'feeds']);

/** An entity without the lists in which nothing is, as wsk shows it in text. */
export function withoutEmptyLists(entity: string): string {
  const members = jsonMembers(entity);
  const shown = members.filter(({ name, value }) => !lists.has(name) || formatJson(value, 0) !== '[]');
  return shown.length === members.length ? entity : objectText(shown);
}

function objectText(members: readonly { readonly name: string; readonly value: string }[]): string {
  return `{${members.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
