/** The value of a variable and where it is set. */
export interface Variable {
  readonly value: string;
  /** `--param`, `the environment`, `.env`. */
  readonly source: string;
}

/** Where variables are looked up. */
export interface Scope {
  find(name: string): Variable | undefined;
  /** Every name that would be found, for suggestions. */
  names(): readonly string[];
}

/** Variables of one place, such as the environment or `.env`. */
export interface VariableLayer {
  readonly source: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A scope made of layers; the first that has a name counts (D-7). */
export class LayeredScope implements Scope {
  constructor(private readonly layers: readonly VariableLayer[]) {}

  find(name: string): Variable | undefined {
    for (const { source, values } of this.layers) {
      const value = values.get(name);
      if (value !== undefined) return { value, source };
    }
    return undefined;
  }

  names(): readonly string[] {
    return this.layers.flatMap(({ values }) => [...values.keys()]);
  }
}

/** A text after interpolation (D-5). */
export interface Interpolated {
  readonly text: string;
  /** Variables that were used, in their order. */
  readonly used: readonly string[];
  /** Variables without a value; the text has nothing in their place. */
  readonly missing: readonly string[];
}

/** `$${NAME}` is text, `${NAME}` and `${NAME:-text}` are variables, and so is `$NAME` at the very start. */
const references = /\$\$\{([^{}]*)\}|\$\{([^{}:\s]+)(?::-([^}]*))?\}|^\$([A-Za-z_][A-Za-z0-9_]*)/g;

/** Replaces the variables in a text (D-5). A lone `$`, `${}` and a `$` inside are text. Pure. */
export function interpolate(text: string, scope: Scope): Interpolated {
  if (!text.includes('$')) return { text, used: [], missing: [] };
  const used: string[] = [];
  const missing: string[] = [];
  const result = text.replace(references, (...found: readonly (string | undefined)[]) => {
    const [, escaped, braced, otherwise, bare] = found;
    if (escaped !== undefined) return `\${${escaped}}`;
    const name = braced ?? bare ?? '';
    used.push(name);
    const value = scope.find(name)?.value;
    // As in shells, `:-` also stands in for an empty value.
    if (otherwise !== undefined) return value === undefined || value === '' ? otherwise : value;
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return { text: result, used, missing };
}
