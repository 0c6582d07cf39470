import { ok } from './answer.js';
import type { Collection, Route } from './route.js';

/** `GET namespaces`: exactly the namespace of the credential (openwhisk-api.md §19.1). */
export function createNamespacesApi(): Collection {
  const list: Omit<Route, 'path'> = {
    method: 'GET',
    summary: 'The namespace of the credential, as a list of one',
    privilege: 'READ',
    run: ({ identity }) => Promise.resolve(ok(JSON.stringify([identity.namespace]))),
  };
  return {
    name: 'namespaces',
    routes: [
      { ...list, path: '' },
      { ...list, path: '/' },
    ],
  };
}
