/** A command line up to the cursor, as the shell would split it. */
export interface TypedLine {
  /** Whole words behind the name of the program. */
  readonly words: readonly string[];
  /** The word at the cursor, without its quotes; empty behind a blank. */
  readonly current: string;
  /** The quote that is still open. */
  readonly quote: '"' | "'" | '';
}

/** Splits what was typed so far. The program's own word, and assignments before it, are left out. */
export function splitLine(line: string): TypedLine {
  const words: string[] = [];
  let current = '';
  let begun = false;
  let quote: TypedLine['quote'] = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(line[at + 1] ?? '')) current += line[(at += 1)] ?? '';
      else current += char;
    } else if (/\s/.test(char)) {
      if (begun) words.push(current);
      current = '';
      begun = false;
    } else {
      begun = true;
      if (char === '"' || char === "'") quote = char;
      else current += char === '\\' ? (line[(at += 1)] ?? '') : char;
    }
  }
  const program = words.findIndex((word) => !/^\w+=/.test(word));
  return { words: program < 0 ? [] : words.slice(program + 1), current, quote };
}
