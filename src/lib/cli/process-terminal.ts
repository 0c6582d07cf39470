import { escapeControls } from './control-characters.js';
import type { Palette, Terminal } from './terminal.js';

/** The part of a stream that is written to. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(data: string | Uint8Array): unknown;
}

/** How a terminal behaves; decided once per run from flags and environment. */
export interface TerminalOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly quiet: boolean;
  /** Colours on stdout and on stderr; each is off where its stream is no terminal, unless forced. */
  readonly colors: { readonly stdout: boolean; readonly stderr: boolean };
}

type Role = keyof Palette;

const roles: readonly Role[] = ['name', 'ok', 'error', 'warning', 'hint', 'dim'];

// Roles travel through text as noncharacters of Unicode, and become colour codes only when a line is written: by then control characters
// of foreign origin are escaped, and each stream gets the colours that it can show (RS-240).
const firstMark = 0xfdd0;
const endMark = '\ufdef';

function markOf(role: Role): string {
  return String.fromCharCode(firstMark + roles.indexOf(role));
}

const styled = /([\ufdd0-\ufdd5])([^\ufdef]*)\ufdef/g;

function paletteOf(colored: boolean): Palette {
  const role =
    (name: Role) =>
    (text: string): string =>
      colored ? markOf(name) + text + endMark : text;
  return {
    name: role('name'),
    ok: role('ok'),
    error: role('error'),
    warning: role('warning'),
    hint: role('hint'),
    dim: role('dim'),
  };
}

/** Replaces the marks of roles by their colours, or drops them. */
function painterOf(colours: Palette | undefined): (text: string) => string {
  return (text) =>
    text.replace(styled, (_whole, mark: string, inner: string) => {
      const role = roles[mark.charCodeAt(0) - firstMark];
      return role === undefined || colours === undefined ? inner : colours[role](inner);
    });
}

/**
 * The terminal over two streams. On a terminal control characters are escaped and roles have colours; pipes get the text unchanged.
 * Without `colours` it shows none.
 */
export class ProcessTerminal implements Terminal {
  readonly palette: Palette;
  readonly quiet: boolean;
  private readonly paintAnswer: (text: string) => string;
  private readonly paintDiagnostic: (text: string) => string;

  constructor(
    private readonly options: TerminalOptions,
    colours?: Palette,
  ) {
    const { colors } = options;
    const colored = colours !== undefined;
    this.quiet = options.quiet;
    this.palette = paletteOf(colored);
    this.paintAnswer = colored ? painterOf(colors.stdout ? colours : undefined) : (text) => text;
    this.paintDiagnostic = colored ? painterOf(colors.stderr ? colours : undefined) : (text) => text;
  }

  /** Makes the terminal of a run; what colours text is loaded only when a stream shows colours (C-80). */
  static async open(options: TerminalOptions): Promise<ProcessTerminal> {
    const { stdout, stderr } = options.colors;
    if (!stdout && !stderr) return new ProcessTerminal(options);
    const { roleColours } = await import('./role-colours.js');
    return new ProcessTerminal(options, roleColours());
  }

  get interactive(): boolean {
    return this.options.stdout.isTTY === true;
  }

  get columns(): number {
    const { columns } = this.options.stdout;
    return this.interactive && columns !== undefined && columns > 0 ? columns : 80;
  }

  answer(text: string): void {
    this.options.stdout.write(`${this.paintAnswer(this.interactive ? escapeControls(text) : text)}\n`);
  }

  raw(data: string | Uint8Array): void {
    this.options.stdout.write(data);
  }

  ok(text: string): void {
    if (!this.quiet) this.answer(text.replace(/^ok:/, this.palette.ok('ok:')));
  }

  note(text: string): void {
    if (!this.quiet) this.diagnostic(`${this.palette.hint('note:')} ${text}`);
  }

  warn(text: string): void {
    if (!this.quiet) this.diagnostic(`${this.palette.warning('warning:')} ${text}`);
  }

  diagnostic(text: string): void {
    const safe = this.options.stderr.isTTY === true ? escapeControls(text) : text;
    this.options.stderr.write(`${this.paintDiagnostic(safe)}\n`);
  }
}
