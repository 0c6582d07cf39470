import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject } from '../entity/json.js';
import { EntityCollection, entityName } from './entity-collection.js';
import { parsedOrUndefined, textOf } from './list-records.js';
import type { WhiskClient } from './whisk-client.js';

/** Whether the trigger of a rule starts its action. */
export type RuleStatus = 'active' | 'inactive';

/** The rules collection (openwhisk-api.md §14.1). */
export class RulesClient extends EntityCollection {
  constructor(client: WhiskClient) {
    super(client, 'rule');
  }

  /** Whether the rule is active, in the host's word. */
  async status(name: FullyQualifiedName): Promise<string> {
    const document = parsedOrUndefined(await this.get(name, `get status of rule '${entityName(name)}'`));
    return (isJsonObject(document) ? textOf(document, 'status') : undefined) ?? 'unknown';
  }

  /** Enables or disables the rule. */
  async setStatus(name: FullyQualifiedName, status: RuleStatus): Promise<void> {
    const verb = status === 'active' ? 'enable' : 'disable';
    const body = JSON.stringify({ status });
    await this.send({ method: 'POST', path: this.path(name), body }, { what: `${verb} rule '${entityName(name)}'` });
  }
}
