import { boolean, string } from '@oclif/core/flags';
import type { Connection } from '../../config/connection.js';
import { invalidValue, wholeFlag } from './units.js';

const part = { helpGroup: 'PART', helpValue: 'NAME', multiple: true, multipleNonGreedy: true } as const;

/** Requests that deploys send at a time when nothing is said (D-18). */
const defaultJobs = 8;

/** Flags that every command which changes a target by a project has. */
export const changeFlags = {
  preview: boolean({ default: false, aliases: ['dry-run'], summary: 'only show what would change; send no write' }),
  'detailed-exitcode': boolean({ default: false, summary: 'exit with 10 where there is something to change' }),
  force: boolean({ char: 'f', default: false, summary: 'do not ask before something is deleted' }),
  jobs: wholeFlag({ default: defaultJobs, summary: `requests at a time (default ${String(defaultJobs)})` }),
  action: string({ ...part, char: 'a', summary: 'only this action' }),
  package: string({ ...part, summary: 'only this package with its actions' }),
  exclude: string({ ...part, summary: 'all but this package, action, trigger or rule' }),
};

/** Flags of `project deploy` and `project sync` (deploy-and-dev.md §1.6). */
export const deployFlags = {
  ...changeFlags,
  full: boolean({ default: false, summary: 'send what is unchanged too' }),
  'no-record': boolean({
    default: false,
    summary: "leave no annotation 'rt'; entities are then read to find what has changed",
  }),
  'take-over': boolean({ default: false, summary: 'overwrite entities of other projects' }),
  'allow-empty': boolean({ default: false, summary: 'a project without entities is meant so' }),
  'ignore-target': boolean({ default: false, summary: 'the project may name another host or namespace' }),
  strict: boolean({ default: false, summary: 'kinds are not checked, an API needs an action that is web already' }),
  'allow-unset': boolean({ default: false, summary: 'variables that are not set count as empty' }),
};

/** Parsed values of `changeFlags`. */
interface ChangeFlagValues {
  readonly jobs: number;
  readonly action?: string[] | undefined;
  readonly package?: string[] | undefined;
  readonly exclude?: string[] | undefined;
}

/** Parsed values of `deployFlags`, as far as planning needs them. */
interface DeployFlagValues extends ChangeFlagValues {
  readonly preview: boolean;
  readonly full: boolean;
  readonly 'no-record': boolean;
  readonly 'take-over': boolean;
  readonly 'allow-empty': boolean;
}

/** The host and namespace of a connection, with which a project may contradict (§1.1). */
export function chosenTarget({ apihost, namespace }: Connection) {
  return { apihost: apihost.value, ...(namespace.value === '_' ? {} : { namespace: namespace.value }) };
}

/** The part of a project that the flags choose, and how many requests are sent at a time. Throws UsageError. */
export function changeOptions(flags: ChangeFlagValues) {
  if (flags.jobs < 1) throw invalidValue(String(flags.jobs), 'jobs', 'a whole number, 1 or more');
  const { action = [], package: packages = [], exclude = [] } = flags;
  return { jobs: flags.jobs, selection: { actions: action, packages, excluded: exclude } };
}

/** How a deploy is planned, as its flags say. Throws UsageError. */
export function deployOptions(flags: DeployFlagValues, managed: boolean) {
  return {
    ...changeOptions(flags),
    managed,
    full: flags.full,
    record: !flags['no-record'],
    takeOver: flags['take-over'],
    allowEmpty: flags['allow-empty'],
    fields: flags.preview,
  };
}
