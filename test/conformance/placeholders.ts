/** Values of placeholders by name; captured ones keep their type. */
export type Variables = ReadonlyMap<string, unknown>;

const placeholder = /\{\{([^{}]+)\}\}/g;

/**
 * Replaces `{{name}}` in every string of a value, keys included. A string that is one placeholder takes the value with
 * its type. Throws for a placeholder that is not known.
 */
export function substitute(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return substituteText(value, variables);
  if (Array.isArray(value)) return value.map((item) => substitute(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      String(substituteText(key, variables)),
      substitute(member, variables),
    ]),
  );
}

function substituteText(text: string, variables: Variables): unknown {
  const whole = /^\{\{([^{}]+)\}\}$/.exec(text)?.[1];
  if (whole !== undefined) return resolve(whole, variables);
  return text.replace(placeholder, (_, name: string) => String(resolve(name, variables)));
}

function resolve(name: string, variables: Variables): unknown {
  const [kind = '', first = '', second = ''] = name.split(':');
  if (kind === 'repeat') return first.repeat(Number(second));
  if (kind === 'fill') {
    const unique = String(variables.get('unique'));
    return (unique + 'x'.repeat(Number(first))).slice(0, Number(first));
  }
  if (!variables.has(name)) throw new Error(`the placeholder {{${name}}} has no value`);
  return variables.get(name);
}

/** The value at a path such as `$.path.to[0].value`; undefined where there is none. */
export function valueAt(json: unknown, path: string): unknown {
  const steps = path.match(/[^.[\]$]+/g) ?? [];
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined,
    json,
  );
}
