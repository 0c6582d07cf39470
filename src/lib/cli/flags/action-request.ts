import type { ActionChange, LimitChange, WebExport, WebSecret, WireEntry } from '../../client/action-change.js';
import type { FullyQualifiedName } from '../../entity/fully-qualified-name.js';
import { UsageError } from '../../errors/client-errors.js';
import { parseActionName } from './action-scope.js';
import type { GivenEntries, GivenParameters, ParameterFlagValues } from './parameters.js';
import type { JsonEntry } from './parameter-file.js';

/** Parsed flags of `action create` and `action update`. */
export interface ActionFlagValues extends ParameterFlagValues {
  readonly kind?: string | undefined;
  readonly docker?: string | undefined;
  readonly native?: boolean | undefined;
  readonly main?: string | undefined;
  readonly binary?: boolean | undefined;
  readonly npm?: string | undefined;
  readonly sequence?: string | undefined;
  readonly copy?: string | undefined;
  readonly web?: string | undefined;
  readonly 'web-secure'?: string | undefined;
  readonly timeout?: number | undefined;
  readonly memory?: number | undefined;
  readonly logsize?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly 'if-not-exists'?: boolean | undefined;
  readonly 'del-annotation'?: string[] | undefined;
  readonly 'del-param'?: string[] | undefined;
  readonly 'del-env'?: string[] | undefined;
}

/** Where the exec of an action comes from. */
export type ExecSource =
  | { readonly type: 'code'; readonly path: string }
  | { readonly type: 'image' }
  | { readonly type: 'sequence'; readonly components: readonly FullyQualifiedName[] }
  | { readonly type: 'copy'; readonly from: FullyQualifiedName }
  /** Only for an update: the code stays as it is. */
  | { readonly type: 'none' };

/** The words of one command line of `action create` or `action update`. */
export interface ActionLine {
  readonly verb: 'create' | 'update';
  readonly flags: ActionFlagValues;
  /** The word behind the name: a file, a folder, the list of a sequence, the action to copy. */
  readonly word: string | undefined;
}

const needed = 'An action name and code artifact are required.';

/** Decides where the exec comes from, and refuses flags that contradict each other (C-36 to C-39). Throws UsageError. */
export function execSource({ verb, flags, word }: ActionLine): ExecSource {
  refuseConflicts(flags);
  if (flags.sequence !== undefined) {
    return { type: 'sequence', components: components(oneOf(flags.sequence, word, 'sequence')) };
  }
  if (flags.copy !== undefined) {
    return { type: 'copy', from: parseActionName(oneOf(flags.copy, word, 'copy')) };
  }
  if (word !== undefined) return { type: 'code', path: word };
  if (flags.docker !== undefined) return { type: 'image' };
  for (const name of ['kind', 'main', 'native', 'binary', 'npm'] as const) {
    if (flags[name] !== undefined) throw usage(`Flag --${name} needs a code artifact.`);
  }
  if (verb === 'create') throw usage(`Invalid argument(s). ${needed}`);
  return { type: 'none' };
}

/** What `--npm` asks for; undefined for nothing. */
export function npmMode({ npm }: ActionFlagValues): 'auto' | 'ci' | 'install' | undefined {
  return npm === 'auto' || npm === 'ci' || npm === 'install' ? npm : undefined;
}

/** Everything of an ActionChange that flags and parameters say; `exec` comes from the source. Throws UsageError. */
export function actionChange(flags: ActionFlagValues, given: GivenParameters): ActionChange {
  const parameters = wireParameters(given.parameters, given.environment);
  const web = flags.web === undefined ? undefined : webExport(flags.web);
  const limits = limitChange(flags);
  return {
    ...(parameters === undefined ? {} : { parameters }),
    ...(given.annotations === undefined ? {} : { annotations: given.annotations }),
    ...(limits === undefined ? {} : { limits }),
    ...(web === undefined ? {} : { web }),
    ...(flags['web-secure'] === undefined ? {} : { webSecret: webSecret(flags['web-secure']) }),
    ...(flags['del-annotation'] === undefined ? {} : { removedAnnotations: flags['del-annotation'] }),
    ...(flags['del-param'] === undefined ? {} : { removedParameters: flags['del-param'] }),
    ...(flags['del-env'] === undefined ? {} : { removedEnvironment: flags['del-env'] }),
  };
}

/** Parameters and environment values as one list of the wire; undefined when there are none at all (C-29). */
function wireParameters(parameters: GivenEntries, environment: GivenEntries): readonly WireEntry[] | undefined {
  if (parameters === undefined && environment === undefined) return undefined;
  const asEnvironment = (entry: JsonEntry): WireEntry => ({ ...entry, init: true });
  return [...(parameters ?? []), ...(environment ?? []).map(asEnvironment)];
}

function usage(message: string): UsageError {
  return new UsageError(message, { showUsage: true });
}

/** The value of a flag that may stand with its value or behind the word (C-38, C-39). */
function oneOf(value: string, word: string | undefined, flag: string): string {
  if (value !== '' && word !== undefined)
    throw usage(`Invalid argument(s): ${word}. --${flag} names '${value}' already.`);
  const found = value === '' ? word : value;
  if (found === undefined) throw usage(`Invalid argument(s). ${needed}`);
  return found;
}

function refuseConflicts(flags: ActionFlagValues): void {
  if (flags.kind !== undefined && flags.docker !== undefined) {
    throw usage('Cannot specify both --kind and --docker at the same time.');
  }
  const exclusive = ['sequence', 'copy'] as const;
  const others = ['docker', 'kind', 'native', 'main', 'binary', 'npm'] as const;
  if (flags.sequence !== undefined && flags.copy !== undefined) throw together('sequence', 'copy');
  if (flags.native === true && flags.docker !== undefined) throw together('native', 'docker');
  if (flags.native === true && flags.kind !== undefined) throw together('native', 'kind');
  for (const name of exclusive) {
    const other = flags[name] === undefined ? undefined : others.find((flag) => flags[flag] !== undefined);
    if (other !== undefined) throw together(name, other);
  }
}

function together(one: string, other: string): UsageError {
  return usage(`Cannot use --${one} together with --${other}`);
}

/** The names in `a, pkg/b` (C-38). */
function components(list: string): FullyQualifiedName[] {
  return list.split(',').map((part, index) => {
    const text = part.trim();
    if (text === '') throw usage(`Invalid argument(s). invalid sequence component at position ${String(index + 1)}`);
    return parseActionName(text);
  });
}

function webExport(word: string): WebExport {
  switch (word.toLowerCase()) {
    case 'true':
    case 'yes':
      return 'true';
    case 'raw':
      return 'raw';
    case 'false':
    case 'no':
      return 'false';
    default:
      throw usage(
        `Invalid argument '${word}' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'.`,
      );
  }
}

function webSecret(word: string): WebSecret {
  if (word.toLowerCase() === 'true') return { type: 'generate' };
  return word.toLowerCase() === 'false' ? { type: 'none' } : { type: 'own', secret: word };
}

function limitChange({ timeout, memory, logsize, concurrency }: ActionFlagValues): LimitChange | undefined {
  const limits = {
    ...(timeout === undefined ? {} : { timeout }),
    ...(memory === undefined ? {} : { memory }),
    ...(logsize === undefined ? {} : { logs: logsize }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}
