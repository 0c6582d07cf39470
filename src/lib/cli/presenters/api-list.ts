import { type ApiRoute, type RouteFilter, routesOf } from '../../client/api-routes.js';
import type { ListRecord, ListResult } from '../../client/list-records.js';
import { isJsonObject, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** How a list of APIs is shown. */
export interface ApiListOptions {
  /** Only these routes. */
  readonly route: RouteFilter;
  /** A block for each route instead of a row. */
  readonly full: boolean;
  /** Sorted by base path, path and verb. */
  readonly byName: boolean;
}

/** Shows the routes of APIs (C-46). */
export class ApiListPresenter implements Presenter {
  constructor(
    /** Entries `{"id","key","value"}`. */
    private readonly list: ListResult,
    private readonly options: ApiListOptions,
  ) {}

  text(terminal: Terminal): void {
    const routes = this.routes();
    terminal.ok('ok: APIs');
    if (this.options.full) for (const route of routes) terminal.answer(blockOf(route));
    else {
      const rows = routes.map(({ action, verb, apiName, url }) => [action, verb, apiName, url]);
      printTable({ header: ['Action', 'Verb', 'API Name', 'URL'], rows }, terminal);
    }
    if (this.list.cut) {
      terminal.note(`showing the first ${String(this.list.records.length)}; --all for everything`);
    }
    if (routes.length === 0 && terminal.interactive && !terminal.quiet) {
      terminal.diagnostic(
        `${terminal.palette.hint('hint:')} no routes yet; create one with rt api create /BASE /PATH VERB ACTION`,
      );
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.list.records));
  }

  /** The URL of each route. */
  names(): readonly string[] {
    return this.routes().map(({ url }) => url);
  }

  private routes(): readonly ApiRoute[] {
    const routes = this.list.records.flatMap((record) => routesOf(valueOf(record), this.options.route));
    return this.options.byName ? [...routes].sort(compareRoutes) : routes;
  }
}

/** The API in an entry of a list. */
export function valueOf({ value }: ListRecord): ListRecord {
  return isJsonObject(value) ? value : {};
}

function blockOf({ action, verb, apiName, basePath, path, url }: ApiRoute): string {
  const lines = [`Verb: ${verb}`, `API Name: ${apiName}`, `Base path: ${basePath}`, `Path: ${path}`, `URL: ${url}`];
  return [`Action: ${action}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function compareRoutes(a: ApiRoute, b: ApiRoute): number {
  const [left, right] = [a, b].map(({ basePath, path, verb }) => [basePath, path, verb]);
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
