import { UsageError } from '../errors/client-errors.js';

/** Files in the root of a zip or a folder and the kind that each stands for (C-35). */
const marks: ReadonlyMap<string, string> = new Map([
  ['package.json', 'nodejs:default'],
  ['index.js', 'nodejs:default'],
  ['__main__.py', 'python:default'],
  ['index.php', 'php:default'],
  ['main.rb', 'ruby:default'],
  ['main.go', 'go:default'],
  ['Cargo.toml', 'rust:default'],
]);

/**
 * The kind of a zip or a folder from the names in its root (C-35). Throws UsageError when nothing or more than one kind
 * matches; `artifact` is its name for the message.
 */
export function kindByContent(artifact: string, rootNames: readonly string[]): string {
  const found = new Map<string, string>();
  for (const [name, kind] of marks) {
    if (rootNames.includes(name) && !found.has(kind)) found.set(kind, name);
  }
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first[0];
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `The kind of '${artifact}' is not clear: it contains ${first[1]} (${first[0]}) and ${second[1]} (${second[0]})`,
      { hint: `say which with --kind ${first[0]} or --kind ${second[0]}` },
    );
  }
  throw new UsageError(`The kind of '${artifact}' cannot be told from its content`, { hint: hintFor(rootNames) });
}

function hintFor(rootNames: readonly string[]): string {
  if (rootNames.includes('exec')) return "use --native to run the program 'exec'";
  if (rootNames.some((name) => name.endsWith('.class') || name === 'Main.java')) {
    return 'Java code is built into a jar and created with --main CLASS';
  }
  return `use --kind KIND, or add one of ${[...marks.keys()].join(', ')}`;
}
