import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { EntityCollection, entityName } from './entity-collection.js';
import type { WhiskClient } from './whisk-client.js';

/** Whether the trigger of a rule starts its action. */
export type RuleStatus = 'active' | 'inactive';

/** The rules collection (openwhisk-api.md §14.1). */
export class RulesClient extends EntityCollection {
  constructor(client: WhiskClient) {
    super(client, 'rule');
  }

  /** The rule, read for its status. */
  getForStatus(name: FullyQualifiedName): Promise<string> {
    return this.get(name, `get status of rule '${entityName(name)}'`);
  }

  /** Enables or disables the rule. */
  async setStatus(name: FullyQualifiedName, status: RuleStatus): Promise<void> {
    const verb = status === 'active' ? 'enable' : 'disable';
    const body = JSON.stringify({ status });
    await this.send({ method: 'POST', path: this.path(name), body }, { what: `${verb} rule '${entityName(name)}'` });
  }
}
