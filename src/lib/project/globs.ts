/** A path or pattern with `/` between its parts: `*` and `?` stay within one part, `**` does not. */
export interface Glob {
  /** What each `*` and `**` stood for, in their order; undefined when the path does not match. */
  match(path: string): readonly string[] | undefined;
  /** The leading parts without any wildcard, `src/lib` of `src/lib/*.js`; the whole when there is none. */
  readonly fixed: string;
  readonly wild: boolean;
}

const parts = /\*\*\/|\*\*|\*|\?|[^*?]+/g;

/** A glob for paths relative to some folder; leading `./` and trailing `/` do not count. */
export function parseGlob(text: string): Glob {
  const pattern = plainPath(text);
  const source = [...pattern.matchAll(parts)].map(([part]) => partSource(part)).join('');
  const expression = new RegExp(`^${source}$`);
  const wild = /[*?]/.test(pattern);
  const segments = pattern.split('/');
  const firstWild = segments.findIndex((segment) => /[*?]/.test(segment));
  return {
    wild,
    fixed: wild ? segments.slice(0, firstWild).join('/') : pattern,
    match: (path) => expression.exec(path)?.slice(1),
  };
}

/** A path without leading `./` and trailing `/`. */
export function plainPath(text: string): string {
  return text
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\/+$/, '');
}

function partSource(part: string): string {
  switch (part) {
    case '**/':
      return '((?:[^/]+/)*)';
    case '**':
      return '(.*)';
    case '*':
      return '([^/]*)';
    case '?':
      return '[^/]';
    default:
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
}

/** Whether a path is one that a list of paths and globs names; a folder in the list means all below it (§1.1.2, `exclude`). */
export function matchesAny(globs: readonly Glob[], path: string): boolean {
  return globs.some((glob) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (glob.match(path.slice(0, end)) !== undefined) return true;
    }
    return false;
  });
}
