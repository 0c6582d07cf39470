import type { PackageReader } from './package-reader.js';
import type { PackageWriter } from './package-writer.js';
import type { Collection, Route } from './route.js';

interface Deps {
  readonly reader: PackageReader;
  readonly writer: PackageWriter;
}

/** Packages and bindings: list, read, create, update, delete (openwhisk-api.md §16). */
export function createPackagesApi({ reader, writer }: Deps): Collection {
  const list: Omit<Route, 'path'> = {
    method: 'GET',
    summary: 'List packages, the last updated first',
    privilege: 'READ',
    run: (request) => reader.list(request),
  };
  const path = '/:namespace/packages/:name';
  return {
    name: 'packages',
    routes: [
      { ...list, path: '/:namespace/packages' },
      { ...list, path: '/:namespace/packages/' },
      {
        method: 'GET',
        path,
        summary: 'Read a package and what is in it',
        privilege: 'READ',
        run: (request) => reader.read(request),
      },
      {
        method: 'PUT',
        path,
        summary: 'Create or update a package or a binding',
        privilege: 'PUT',
        run: (request) => writer.put(request),
      },
      {
        method: 'DELETE',
        path,
        summary: 'Delete a package',
        privilege: 'DELETE',
        run: (request) => writer.delete(request),
      },
    ],
  };
}
