import { string as stringArg } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { pairFlag } from './pair.js';

/** The positional word of commands that read a project. */
export const projectArgs = {
  path: stringArg({ description: 'the project folder (default: the working folder)' }),
};

/** Flags that say where a project is and which values it gets, for every command that reads one (cli.md §13). */
export const projectFlags = {
  project: string({ helpGroup: 'PROJECT', helpValue: 'FOLDER', summary: 'the project folder, as PATH' }),
  manifest: string({
    char: 'm',
    helpGroup: 'PROJECT',
    helpValue: 'FILE',
    summary: 'the manifest (default manifest.yaml or manifest.yml)',
  }),
  deployment: string({
    char: 'd',
    helpGroup: 'PROJECT',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'file with other inputs and annotations, later ones win (default deployment.yaml)',
  }),
  projectname: string({
    helpGroup: 'PROJECT',
    helpValue: 'NAME',
    summary: 'name of the project instead of the written one',
  }),
  param: pairFlag({ helpGroup: 'PROJECT', summary: 'value of an input or a variable; JSON is taken as such' }),
  'param-file': string({
    char: 'P',
    helpGroup: 'PROJECT',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'JSON or YAML file with values of inputs and variables; - reads stdin',
  }),
  'env-file': string({
    char: 'E',
    helpGroup: 'PROJECT',
    helpValue: 'FILE',
    summary: 'file with variables instead of .env in the project folder',
  }),
  mode: string({
    helpGroup: 'PROJECT',
    helpValue: 'MODE',
    summary: 'reads variables of .env.MODE, which goes before .env',
  }),
};
