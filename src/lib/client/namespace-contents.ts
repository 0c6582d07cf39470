import type { RtError } from '../errors/rt-error.js';
import { ActionsClient } from './actions-client.js';
import { completeRecords } from './complete-records.js';
import { type ListPage, type ListRecord, readList } from './list-records.js';
import { PackagesClient } from './packages-client.js';
import { RulesClient } from './rules-client.js';
import { TriggersClient } from './triggers-client.js';
import type { WhiskClient } from './whisk-client.js';

/** The four collections of a namespace, in the order in which they are shown. */
export const collectionNames = ['packages', 'actions', 'triggers', 'rules'] as const;

/** Clients of the four collections. */
export interface NamespaceClients {
  readonly packages: PackagesClient;
  readonly actions: ActionsClient;
  readonly triggers: TriggersClient;
  readonly rules: RulesClient;
}

/** All entities of a namespace, latest first. */
export type NamespaceContents = Readonly<Record<(typeof collectionNames)[number], readonly ListRecord[]>>;

/** Clients of the four collections over one connection. */
export function namespaceClients(client: WhiskClient): NamespaceClients {
  return {
    packages: new PackagesClient(client),
    actions: new ActionsClient(client),
    triggers: new TriggersClient(client),
    rules: new RulesClient(client),
  };
}

/** Reads everything in a namespace as lists have it: rules without their status. */
export async function readContentsOf(namespace: string, clients: NamespaceClients): Promise<NamespaceContents> {
  const all = async (read: (page: ListPage) => Promise<ListRecord[]>): Promise<readonly ListRecord[]> =>
    (await readList(read, { all: true, skip: 0 })).records;
  const [packages, actions, triggers, rules] = await Promise.all([
    all((page) => clients.packages.list(namespace, page)),
    all((page) => clients.actions.list({ namespace }, page)),
    all((page) => clients.triggers.list(namespace, page)),
    all((page) => clients.rules.list(namespace, page)),
  ]);
  return { packages, actions, triggers, rules };
}

/** The contents with the statuses of rules; those that could not be read are told (C-70). */
export async function withStatuses(
  contents: NamespaceContents,
  namespace: string,
  { rules }: NamespaceClients,
): Promise<{ readonly contents: NamespaceContents; readonly failures: readonly RtError[] }> {
  const read = (name: string) => rules.get({ namespace, package: '', name }, `get status of rule '${name}'`);
  const { records, failures } = await completeRecords(contents.rules, read);
  return { contents: { ...contents, rules: records }, failures };
}
