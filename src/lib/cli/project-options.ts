import { resolve } from 'node:path';
import { dotenvVariables, readProjectFile } from '../config/project-rows.js';
import { type JsonValue, parseJson } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import type { LoadOptions } from '../project/load-project.js';
import type { VariableLayer } from '../project/variables.js';
import { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import { nearest } from './did-you-mean.js';
import type { CliEnvironment } from './environment.js';
import type { Pair } from './flags/pair.js';
import { readEntries } from './flags/parameter-file.js';
import { readParameters } from './flags/parameters.js';
import { TextInput } from './flags/text-input.js';

/** Parsed values of `projectFlags`. */
export interface ProjectFlagValues {
  readonly project?: string | undefined;
  readonly manifest?: string | undefined;
  readonly deployment?: string[] | undefined;
  readonly projectname?: string | undefined;
  readonly param?: Pair[] | undefined;
  readonly 'param-file'?: string[] | undefined;
  readonly 'env-file'?: string | undefined;
  readonly mode?: string | undefined;
}

/** How a project is to be read, and sentences for notes to the user. */
export interface ProjectOptions {
  readonly options: LoadOptions;
  readonly notes: readonly string[];
}

/**
 * What the words of a command line say about reading a project: its folder, its files, and the values of variables in their order, which
 * are the environment, `.env.MODE` and `.env` (D-1, D-7). Kinds are those of the local platform, so that nothing is asked. Throws UsageError.
 */
export async function projectOptions(
  { path, flags }: { readonly path: string | undefined; readonly flags: ProjectFlagValues },
  environment: CliEnvironment,
): Promise<ProjectOptions> {
  if (path !== undefined && flags.project !== undefined && path !== flags.project) {
    throw new UsageError('Cannot use --project together with a folder', { showUsage: true });
  }
  const { cwd, home } = environment;
  const folder = path ?? flags.project ?? '.';
  const root = resolve(cwd, folder);
  const { 'env-file': envFile, ...values } = flags;
  const { parameters, notes } = await readParameters(values, environment);
  const given = (parameters ?? []).map(({ key, value }): [string, JsonValue] => [key, parseJson(value)]);
  const major = Number(/^v?(\d+)/.exec(environment.nodeVersion)?.[1] ?? 20);
  return {
    notes,
    options: {
      cwd,
      folder,
      manifest: flags.manifest ?? readProjectFile(root, home)?.manifest,
      deployments: flags.deployment,
      projectName: flags.projectname,
      parameters: new Map(given),
      variables: [environmentLayer(environment), await fileLayer(root, { envFile, mode: flags.mode, environment })],
      kinds: RuntimeManifest.builtIn(major).kinds(),
      nearest,
    },
  };
}

function environmentLayer({ env }: CliEnvironment): VariableLayer {
  const set = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return { source: 'the environment', values: new Map(set) };
}

async function fileLayer(
  root: string,
  {
    envFile,
    mode,
    environment,
  }: {
    readonly envFile: string | undefined;
    readonly mode: string | undefined;
    readonly environment: CliEnvironment;
  },
): Promise<VariableLayer> {
  const inFolder = dotenvVariables(root, mode);
  if (envFile === undefined) {
    return { source: '.env', values: new Map([...inFolder].map(([name, { value }]) => [name, value])) };
  }
  const entries = await readEntries(envFile, 'environment', new TextInput(environment, false));
  const own = entries.map(({ key, value }): [string, string] => [key, variableText(parseJson(value), value)]);
  const ofMode = mode === undefined ? [] : [...inFolder].filter(([, { path }]) => path.endsWith(`.env.${mode}`));
  return {
    source: envFile,
    values: new Map([...own, ...ofMode.map(([name, { value }]): [string, string] => [name, value])]),
  };
}

function variableText(value: JsonValue, json: string): string {
  return typeof value === 'string' ? value : json;
}
