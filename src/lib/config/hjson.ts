/** A text that is not Hjson: where, and why. */
class HjsonError extends Error {
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(reason);
    this.name = 'HjsonError';
  }
}

const blanks = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const word = /[^\s,:[\]{}"']+/y;
const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*(?:[,\]}\n#]|\/\/|\/\*|$))/y;
const lines = /'''([\s\S]*?)'''/y;
const quoted = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const rest = /[^\n]*/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_whole, code: string | undefined, char: string | undefined) =>
    code === undefined ? (escapes[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Reads one text; depth is bounded so that no input can exhaust the stack. */
class HjsonReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.value();
    this.skip();
    if (this.at < this.text.length) throw this.problem('text behind the end');
    return value;
  }

  private value(): unknown {
    this.skip();
    switch (this.text[this.at]) {
      case '{':
        return this.nested(() => this.members());
      case '[':
        return this.nested(() => this.elements());
      case '"':
      case "'":
        return this.string();
      case undefined:
        throw this.problem('unexpected end');
      default:
        return this.bare();
    }
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > 100) throw this.problem('nested too deeply');
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private members(): object {
    const members: [string, unknown][] = [];
    while (!this.closes('}')) {
      const key = /["']/.test(this.text[this.at] ?? '') ? this.string() : this.take(word)?.[0];
      if (key === undefined) throw this.problem('expected a key');
      this.skip();
      if (this.text[this.at] !== ':') throw this.problem("expected ':'");
      this.at += 1;
      members.push([key, this.value()]);
      this.separator();
    }
    return Object.fromEntries(members);
  }

  private elements(): unknown[] {
    const elements: unknown[] = [];
    while (!this.closes(']')) {
      elements.push(this.value());
      this.separator();
    }
    return elements;
  }

  private closes(end: string): boolean {
    this.skip();
    if (this.text[this.at] !== end) return false;
    this.at += 1;
    return true;
  }

  private separator(): void {
    this.skip();
    if (this.text[this.at] === ',') this.at += 1;
  }

  private string(): string {
    const block = this.take(lines)?.[1];
    if (block !== undefined) return block.trim();
    const found = this.take(quoted);
    if (found === undefined) throw this.problem('unterminated string');
    return unescape(found[1] ?? found[2] ?? '');
  }

  /** A number or a word of JSON; anything else is text up to the end of the line. */
  private bare(): unknown {
    const found = this.take(literal)?.[0];
    if (found !== undefined) return JSON.parse(found);
    if (/[,:}\]]/.test(this.text[this.at] ?? '')) throw this.problem('expected a value');
    return (this.take(rest)?.[0] ?? '').trim();
  }

  private skip(): void {
    this.take(blanks);
  }

  private take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  private problem(reason: string): HjsonError {
    return new HjsonError(this.at, reason);
  }
}

/** The value of an Hjson text with braces, as aio writes its configuration; JSON is a part of it. Throws HjsonError. */
export function parseHjson(text: string): unknown {
  return new HjsonReader(text).document();
}
