/** Where and why a text is not JSON. */
export interface JsonProblem {
  readonly offset: number;
  /** `unexpected end`, `unexpected character '}'`. */
  readonly reason: string;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const tokens = {
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
  scalar: /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y,
  blanks: /[ \t\r\n]*/y,
  brokenString: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y,
};

/** Finds the first place that keeps a text from being JSON; undefined when it is JSON. V8's own messages differ between versions. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  return new JsonChecker(text).check();
}

/** `line 2, column 9 (unexpected end)`; without the line for a text of one line (C-23, C-26). */
export function describeJsonProblem(text: string, { offset, reason }: JsonProblem): string {
  const before = text.slice(0, offset).split('\n');
  const column = `column ${String((before.at(-1)?.length ?? 0) + 1)}`;
  const oneLine = before.length === 1 && !text.trimEnd().includes('\n');
  return `${oneLine ? '' : `line ${String(before.length)}, `}${column} (${reason})`;
}

/** Walks through a text without recursion, so that no depth of nesting can exhaust the stack. */
class JsonChecker {
  private at = 0;
  private expected: Expected = 'value';
  private readonly open: ('{' | '[')[] = [];

  constructor(private readonly text: string) {}

  check(): JsonProblem | undefined {
    for (;;) {
      this.at += this.match(tokens.blanks);
      if (this.at >= this.text.length && this.expected === 'nothing') return undefined;
      if (!this.step()) return this.problem();
    }
  }

  /** Takes one token; false when it does not fit. */
  private step(): boolean {
    const char = this.text[this.at];
    switch (this.expected) {
      case 'value':
        return this.value();
      case 'value or end':
        return char === ']' ? this.close() : this.value();
      case 'key':
        return this.take(tokens.string, 'colon');
      case 'key or end':
        return char === '}' ? this.close() : this.take(tokens.string, 'colon');
      case 'colon':
        return char === ':' && this.one('value');
      case 'comma or end':
        if (char === ',') return this.one(this.open.at(-1) === '{' ? 'key' : 'value');
        return char === (this.open.at(-1) === '{' ? '}' : ']') && this.close();
      case 'nothing':
        return false;
    }
  }

  private value(): boolean {
    const char = this.text[this.at];
    if (char === '{' || char === '[') {
      this.open.push(char);
      return this.one(char === '{' ? 'key or end' : 'value or end');
    }
    return this.take(char === '"' ? tokens.string : tokens.scalar, this.afterValue());
  }

  private close(): boolean {
    this.open.pop();
    return this.one(this.afterValue());
  }

  private afterValue(): Expected {
    return this.open.length === 0 ? 'nothing' : 'comma or end';
  }

  private one(next: Expected): boolean {
    this.at += 1;
    this.expected = next;
    return true;
  }

  private take(token: RegExp, next: Expected): boolean {
    const length = this.match(token);
    if (length === 0) return false;
    this.at += length;
    this.expected = next;
    return true;
  }

  private match(token: RegExp): number {
    token.lastIndex = this.at;
    return token.exec(this.text)?.[0].length ?? 0;
  }

  private problem(): JsonProblem {
    const broken = this.text[this.at] === '"' && !/^(?:colon|comma or end|nothing)$/.test(this.expected);
    const offset = broken ? this.at + this.match(tokens.brokenString) : this.at;
    const char = this.text.codePointAt(offset);
    if (char === undefined) return { offset, reason: 'unexpected end' };
    return { offset, reason: `unexpected character '${String.fromCodePoint(char)}'` };
  }
}
