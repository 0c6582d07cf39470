import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject } from '../entity/json.js';
import { EntityCollection, entityName } from './entity-collection.js';
import { parsedOrUndefined, textOf } from './list-records.js';
import type { WhiskClient } from './whisk-client.js';

/** The triggers collection (openwhisk-api.md §13.1). */
export class TriggersClient extends EntityCollection {
  constructor(client: WhiskClient) {
    super(client, 'trigger');
  }

  /**
   * Fires the trigger with one JSON object. Resolves with the id of its activation, or undefined when no active rule makes one (204,
   * openwhisk-api.md §13.3).
   */
  async fire(name: FullyQualifiedName, payload: string): Promise<string | undefined> {
    const attempt = { what: `fire trigger '${entityName(name)}'`, entity: this.placeOf(name) };
    const body = await this.send({ method: 'POST', path: this.path(name), body: payload }, attempt);
    const document = parsedOrUndefined(body);
    return isJsonObject(document) ? textOf(document, 'activationId') : undefined;
  }
}
