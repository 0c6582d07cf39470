/** Amount of traces on stderr: `-v` cuts bodies, `-d` adds internals and stacks (C-60). */
export type TraceLevel = 'off' | 'verbose' | 'debug';

/** What traces are about: requests and answers, where settings come from, stacks of errors. */
export const traceTopics = ['http', 'config', 'stack'] as const;

export type TraceTopic = (typeof traceTopics)[number];

/** What is traced in one run. */
export class Traces {
  constructor(
    readonly level: TraceLevel,
    /** What `-d` is narrowed to: topics or patterns with `*`, `-` in front leaves out (§3). */
    private readonly filter: string = '*',
  ) {}

  /** How a topic is traced: `-v` shows requests only. */
  of(topic: TraceTopic): TraceLevel {
    if (this.level === 'debug') return isSelected(topic, this.filter) ? 'debug' : 'off';
    return topic === 'http' ? this.level : 'off';
  }
}

/** No traces at all. */
export const noTraces = new Traces('off');

/** Patterns of a filter, each without a prefix `rt:`; `rt*` means everything. */
function patternsOf(filter: string): readonly { readonly pattern: RegExp; readonly excludes: boolean }[] {
  const words = filter.split(/[\s,]+/).filter((word) => word !== '');
  return words.map((word) => {
    const excludes = word.startsWith('-');
    const bare = word.replace(/^-/, '').replace(/^rt:/, '').replace(/^rt\b/, '');
    const parts = (bare === '' ? '*' : bare).split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return { pattern: new RegExp(`^${parts.join('.*')}$`), excludes };
  });
}

function isSelected(topic: TraceTopic, filter: string): boolean {
  const patterns = patternsOf(filter);
  const chosen = patterns.filter(({ excludes }) => !excludes);
  const left = patterns.some(({ pattern, excludes }) => excludes && pattern.test(topic));
  return !left && (chosen.length === 0 || chosen.some(({ pattern }) => pattern.test(topic)));
}

/** Whether a filter of `--debug=FILTER` selects any topic. */
export function selectsTopic(filter: string): boolean {
  return traceTopics.some((topic) => isSelected(topic, filter));
}
