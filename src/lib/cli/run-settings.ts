import { isOn } from './confirm.js';
import { type OutputFormat, type OutputMode, outputFormats } from './output-mode.js';
import { noTraces, Traces } from './traces.js';

/** Flag values of one line, by name; of a line that cannot be read, whatever could be recognised. */
export type FlagValues = ReadonlyMap<string, string | boolean>;

type Env = Readonly<Record<string, string | undefined>>;

function isFormat(text: string | boolean | undefined): text is OutputFormat {
  return outputFormats.some((format) => format === text);
}

/** How the answer is printed: `--json` and `--output`, else `RT_OUTPUT` (§3). `ownsOutput`: the command has an `--output` of its own. */
export function outputModeOf(values: FlagValues, env: Env, ownsOutput: boolean): OutputMode {
  const json = values.get('json');
  if (json === 'pretty' || json === 'compact') return { format: 'json', pretty: json === 'pretty' };
  if (json !== undefined) return { format: 'json' };
  const output = values.get('output');
  if (isFormat(output)) return { format: output };
  // Another word is one of the command's own forms of text.
  if (ownsOutput && output !== undefined) return { format: 'text' };
  return { format: isFormat(env.RT_OUTPUT) ? env.RT_OUTPUT : 'text' };
}

/** The traces that `-d`, `-v` and the variables of §3 ask for. */
export function tracesOf(values: FlagValues, env: Env): Traces {
  const flag = values.get('debug');
  if (typeof flag === 'string') return new Traces('debug', flag);
  if (isOn(env.RT_DEBUG) || isOn(env.WSK_CLI_DEBUG)) return new Traces('debug');
  const named = (env.DEBUG ?? '').split(/[\s,]+/).filter((word) => /^-?rt\b/.test(word));
  if (named.some((word) => !word.startsWith('-'))) return new Traces('debug', named.join(','));
  return values.get('verbose') === true ? new Traces('verbose') : noTraces;
}

/** `--quiet` and `RT_QUIET`. */
export function isQuiet(values: FlagValues, env: Env): boolean {
  return values.get('quiet') === true || (!values.has('quiet') && isOn(env.RT_QUIET));
}

/** Whether a stream gets colours: flag, `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR`, `TERM=dumb`, else only on a terminal (§3). */
export function hasColors(values: FlagValues, env: Env, stream: { readonly isTTY?: boolean }): boolean {
  const flag = values.get('color');
  if (typeof flag === 'boolean') return flag;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return isOn(env.FORCE_COLOR) || env.FORCE_COLOR === '';
  if (env.CLICOLOR === '0' || env.TERM === 'dumb') return false;
  return stream.isTTY === true;
}

/** Whether a prompt may appear: terminals on both sides and nothing that forbids it (C-61). */
export function maySpeak(
  values: FlagValues,
  env: Env,
  streams: { readonly stdin: { readonly isTTY?: boolean }; readonly stderr: { readonly isTTY?: boolean } },
): boolean {
  const terminals = streams.stdin.isTTY === true && streams.stderr.isTTY === true;
  const forbidden = isOn(env.CI) || isOn(env.RT_NO_INPUT) || values.get('no-input') === true || isQuiet(values, env);
  return terminals && !forbidden && outputModeOf(values, env, false).format !== 'json';
}

/** Recognises the flags that decide about presentation on a line that could not be read as a whole. */
export function presentationFlags(argv: readonly string[]): FlagValues {
  const values = new Map<string, string | boolean>();
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  words.forEach((word, at) => {
    const [name = '', value] = word.replace(/^--/, '').split('=');
    if (!word.startsWith('--')) {
      if (word === '-q') values.set('quiet', true);
      if (word === '-d') values.set('debug', '*');
    } else if (name === 'json' || name === 'debug') values.set(name, value ?? 'auto');
    else if (name === 'output') values.set(name, value ?? words[at + 1] ?? '');
    else if (name === 'quiet' || name === 'no-input') values.set(name, true);
    else if (name === 'color' || name === 'no-color') values.set('color', name === 'color');
  });
  return values;
}
