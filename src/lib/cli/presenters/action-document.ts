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
  return objectText([...jsonMembers(object), { name, value: JSON.stringify(value) }]);
}

function objectText(members: readonly { readonly name: string; readonly value: string }[]): string {
  return `{${members.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
