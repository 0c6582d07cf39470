/** Breaks text at blanks into lines of at most `width` characters; existing line breaks stay. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    return [...lines, line];
  });
}

/** A term and its explanation. */
export interface Entry {
  readonly term: string;
  readonly text: string;
}

/** Two columns, terms left and explanations wrapped on the right, indented by two. */
export function entries(list: readonly Entry[], width: number): readonly string[] {
  const widest = Math.max(0, ...list.map((entry) => entry.term.length));
  const column = Math.min(widest, 32) + 4;
  return list.flatMap(({ term, text }) => {
    const [first = '', ...rest] = wrap(text, Math.max(20, width - column));
    const head = `  ${term.padEnd(column - 2)}`;
    const lead = term.length + 4 > column ? [`  ${term}`, ' '.repeat(column) + first] : [head + first];
    return [...lead, ...rest.map((line) => ' '.repeat(column) + line)].map((line) => line.trimEnd());
  });
}

/** A section with an upper-case title; nothing when it has no lines. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
