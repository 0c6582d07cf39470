import { isJsonObject, type JsonObject } from '../entity/json.js';
import { NetworkError } from '../errors/client-errors.js';
import { type ListRecord, parsedOrUndefined } from './list-records.js';
import { type Attempt, bodyOf } from './responses.js';
import type { WhiskClient } from './whisk-client.js';

/** Which APIs, paths and verbs are meant (openwhisk-api.md §18.1). */
export interface ApiFilter {
  /** A base path, or, without a slash at its start, the name of an API. */
  readonly basepath?: string;
  readonly relpath?: string;
  /** Lower case. */
  readonly operation?: string;
}

/** What gateways without accounts of their own take for a token; wsk sends it too. */
const anyToken = 'DUMMY TOKEN';

/** The web actions that manage the API gateway (openwhisk-api.md §18). Failures are HttpError or NetworkError. */
export class ApisClient {
  constructor(private readonly client: WhiskClient) {}

  /** The entries `{"id","key","value"}` of the APIs that the filter finds. `what` completes `Unable to …`. */
  async list(filter: ApiFilter, what: string): Promise<readonly ListRecord[]> {
    const body = await this.send('GET', 'getApi', { ...filter }, { what });
    const document = parsedOrUndefined(body);
    const apis = isJsonObject(document) ? document['apis'] : undefined;
    if (Array.isArray(apis) && apis.every(isJsonObject)) return apis;
    throw this.noGateway(what);
  }

  /** Creates an API or adds to one. Resolves with the API as it is then (`value` of §18.4). */
  async create(body: string, responseType: string): Promise<JsonObject> {
    const what = 'create API';
    const document = parsedOrUndefined(
      await this.send('POST', 'createApi', { responsetype: responseType, body }, { what }),
    );
    if (isJsonObject(document)) return document;
    throw this.noGateway(what);
  }

  /** Deletes an API, a path of it, or a verb of a path. */
  async delete(filter: ApiFilter): Promise<void> {
    await this.send('DELETE', 'deleteApi', { ...filter, force: 'true' }, { what: 'delete API' });
  }

  private async send(
    method: 'GET' | 'POST' | 'DELETE',
    operation: string,
    { body, ...query }: Readonly<Record<string, string | undefined>>,
    attempt: Attempt,
  ): Promise<string> {
    const { auth, gatewayToken, gatewayTenant } = this.client.connection;
    const [uuid = ''] = auth.value.split(':');
    const response = await this.client.send({
      method,
      path: `/web/whisk.system/apimgmt/${operation}.http`,
      query: { ...query, accesstoken: gatewayToken?.value ?? anyToken, spaceguid: gatewayTenant?.value ?? uuid },
      ...(body === undefined ? {} : { body }),
    });
    const hints = { 404: 'this platform has no API gateway' };
    return bodyOf(response, { hints, ...attempt }, this.client.connection);
  }

  private noGateway(what: string): NetworkError {
    const { apihost } = this.client.connection;
    return new NetworkError(`Unable to ${what}: the host did not answer as an API gateway does`, {
      hint: `is ${apihost.value} (from ${apihost.source}) an OpenWhisk API host with a gateway?`,
    });
  }
}
