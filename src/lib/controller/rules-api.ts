import type { ArtifactStore } from '../database/artifact-store.js';
import { listCollection } from './entity-lookup.js';
import type { Collection, Route } from './route.js';
import type { RuleReader } from './rule-reader.js';
import type { RuleWriter } from './rule-writer.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly reader: RuleReader;
  readonly writer: RuleWriter;
}

/** Rules: list, read, create, update, delete, enable and disable (openwhisk-api.md §14). */
export function createRulesApi({ artifacts, reader, writer }: Deps): Collection {
  const list: Omit<Route, 'path'> = {
    method: 'GET',
    summary: 'List rules, the last updated first',
    privilege: 'READ',
    run: (request) => listCollection(artifacts, 'rules', request),
  };
  const path = '/:namespace/rules/:name';
  return {
    name: 'rules',
    routes: [
      { ...list, path: '/:namespace/rules' },
      { ...list, path: '/:namespace/rules/' },
      { method: 'GET', path, summary: 'Read a rule', privilege: 'READ', run: (request) => reader.read(request) },
      {
        method: 'PUT',
        path,
        summary: 'Create or update a rule',
        privilege: 'PUT',
        run: (request) => writer.put(request),
      },
      {
        method: 'POST',
        path,
        summary: 'Enable or disable a rule',
        privilege: 'ACTIVATE',
        run: (request) => writer.setStatus(request),
      },
      {
        method: 'DELETE',
        path,
        summary: 'Delete a rule',
        privilege: 'DELETE',
        run: (request) => writer.delete(request),
      },
    ],
  };
}
