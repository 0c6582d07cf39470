import type { PropertyChanges, PropertyName } from '../../config/properties-file.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

const labels: Readonly<Record<PropertyName, string>> = {
  apihost: 'whisk API host',
  auth: 'whisk auth',
  apiversion: 'whisk API version',
  namespace: 'whisk namespace',
  cert: 'client cert',
  key: 'client key',
  insecure: 'insecure',
};

/** Values that are not repeated on the screen. */
const hidden: ReadonlySet<PropertyName> = new Set(['auth', 'cert', 'key']);

function setLine(name: PropertyName, value: string): string {
  if (hidden.has(name)) return `ok: ${labels[name]} set. Run 'rt property get --${name}' to see the new value.`;
  return `ok: ${labels[name]} set to ${value}`;
}

function unsetLine(name: PropertyName): string {
  const fallback: Readonly<Partial<Record<PropertyName, string>>> = {
    apiversion: 'v1',
    namespace: '_',
    insecure: 'false',
  };
  const value = fallback[name];
  const rest =
    value === undefined ? 'there is no default value that can be used.' : `the default value of ${value} will be used.`;
  return `ok: ${labels[name]} unset; ${rest}`;
}

/** The lines of `property set` and `property unset`, one for each property (C-44, C-72). */
export class PropertyChangesPresenter implements Presenter {
  constructor(
    private readonly changes: PropertyChanges,
    private readonly file: string,
  ) {}

  text(terminal: Terminal): void {
    for (const [name, value] of this.changes) terminal.ok(value === undefined ? unsetLine(name) : setLine(name, value));
  }

  json(): object {
    return { changed: [...this.changes.keys()], file: this.file };
  }
}
