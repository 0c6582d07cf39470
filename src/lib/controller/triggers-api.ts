import type { IncomingHttpHeaders } from 'node:http';
import type { ArtifactStore } from '../database/artifact-store.js';
import { stringifyJson } from '../entity/json.js';
import { maxPayloadBytes } from '../entity/limits.js';
import type { TriggerFiring } from '../feeds/trigger-firing.js';
import { activationIdHeader, type Answer, ok } from './answer.js';
import { findEntity, keyOutsidePackages, listCollection } from './entity-lookup.js';
import { optionalObject } from './json-body.js';
import type { ApiRequest, Collection, Route } from './route.js';
import { toTrigger } from './trigger-documents.js';
import type { TriggerWriter } from './trigger-writer.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly writer: TriggerWriter;
  readonly firing: TriggerFiring;
}

/** Triggers: list, read, create, update, delete, fire (openwhisk-api.md §13). */
export function createTriggersApi(deps: Deps): Collection {
  const { artifacts, writer, firing } = deps;
  const list: Omit<Route, 'path'> = {
    method: 'GET',
    summary: 'List triggers, the last updated first',
    privilege: 'READ',
    run: (request) => listCollection(artifacts, 'triggers', request),
  };
  const path = '/:namespace/triggers/:name';
  return {
    name: 'triggers',
    routes: [
      { ...list, path: '/:namespace/triggers' },
      { ...list, path: '/:namespace/triggers/' },
      {
        method: 'GET',
        path,
        summary: 'Read a trigger',
        privilege: 'READ',
        run: (request) => readTrigger(artifacts, request),
      },
      {
        method: 'PUT',
        path,
        summary: 'Create or update a trigger',
        privilege: 'PUT',
        run: (request) => writer.put(request),
      },
      {
        method: 'POST',
        path,
        summary: 'Fire a trigger',
        privilege: 'ACTIVATE',
        maxBody: maxPayloadBytes,
        run: (request) => fireTrigger(deps, request),
      },
      {
        method: 'DELETE',
        path,
        summary: 'Delete a trigger',
        privilege: 'DELETE',
        run: (request) => writer.delete(request),
      },
    ],
    settled: () => firing.settled(),
  };
}

async function readTrigger(artifacts: ArtifactStore, request: ApiRequest): Promise<Answer> {
  const entity = await findEntity(artifacts, 'triggers', keyOutsidePackages(request));
  return ok(stringifyJson(toTrigger(entity)));
}

/** 202 as soon as the fire is stored, 204 when there is nothing to run (openwhisk-api.md §13.3). */
async function fireTrigger({ artifacts, firing }: Deps, request: ApiRequest): Promise<Answer> {
  const payload = optionalObject(request.body);
  const trigger = toTrigger(await findEntity(artifacts, 'triggers', keyOutsidePackages(request)));
  const { identity, transactionId, received } = request;
  const headers = shownHeaders(request.headers);
  const activationId = await firing.fire({ trigger, identity, transactionId, received, headers, payload });
  if (activationId === undefined) return { status: 204, text: '' };
  return { status: 202, text: JSON.stringify({ activationId }), headers: activationIdHeader(activationId) };
}

/** What actions may see of a fire: the key of the caller is not theirs to know, they may be somebody else's (RS-235). */
function shownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).filter(([name]) => name !== 'authorization');
  return Object.fromEntries(shown.map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}
