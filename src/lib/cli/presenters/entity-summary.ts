import { annotationOf, objectsIn, textOf } from '../../client/list-records.js';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../entity/json.js';
import { fullNameOf } from './entity-list.js';

/** wsk's summary of an action, trigger or package, with what a package holds (C-47). A document that is no entity is shown as it is. */
export function summaryOf(thing: 'action' | 'trigger' | 'package', body: string): string {
  const entity = parseJson(body);
  if (!isJsonObject(entity)) return body;
  const name = fullNameOf(entity);
  const member = (title: string, collection: string): string[] =>
    objectsIn(entity[collection]).map((inner) => lines(title, `${name}/${textOf(inner, 'name') ?? ''}`, inner));
  // The blanks around the titles of members are wsk's.
  return [lines(thing, name, entity), ...member(' action', 'actions'), ...member(' feed  ', 'feeds')].join('\n');
}

/** wsk's summary of a rule. */
export function ruleSummary(body: string): string {
  const rule = parseJson(body);
  if (!isJsonObject(rule)) return body;
  return `rule ${fullNameOf(rule)}\n   (status: ${textOf(rule, 'status') ?? '?'})`;
}

/** Title, name and description, then the parameters: bound ones with `*`, final ones with `**`. */
function lines(title: string, name: string, entity: JsonObject): string {
  const parameters = parameterNames(entity);
  const given = annotationOf(entity, 'description');
  const description = typeof given === 'string' && given !== '' ? given : describe(parameters);
  const head = `${title} ${name}${description === '' ? '' : `: ${description}`}`;
  const marked = parameters.map(({ mark, name: parameter }) => mark + parameter);
  return `${head}\n   (parameters: ${marked.length === 0 ? 'none defined' : marked.join(', ')})`;
}

interface ShownParameter {
  readonly name: string;
  readonly mark: string;
}

function parameterNames(entity: JsonObject): readonly ShownParameter[] {
  const bound = new Set(namesIn(entity['parameters'], 'key'));
  const described = namesIn(annotationOf(entity, 'parameters'), 'name');
  const mark = annotationOf(entity, 'final') === true ? '**' : '*';
  const names = [...new Set([...described, ...bound])].sort();
  return names.map((name) => ({ name, mark: bound.has(name) ? mark : '' }));
}

/** What wsk says of an entity without a description. */
function describe(parameters: readonly ShownParameter[]): string {
  const names = parameters.map(({ name }) => name);
  const last = names.pop();
  if (last === undefined) return '';
  const intro = 'Returns a result based on parameter';
  return names.length === 0 ? `${intro} ${last}` : `${intro}s ${names.join(', ')} and ${last}`;
}

function namesIn(value: JsonValue | undefined, member: string): string[] {
  return objectsIn(value).flatMap((item) => textOf(item, member) ?? []);
}
