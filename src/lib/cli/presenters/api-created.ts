import { type ApiRoute, routesOf } from '../../client/api-routes.js';
import { type JsonObject, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** The route that a command line has created. */
export interface CreatedRoute {
  readonly path: string;
  /** Lower case. */
  readonly verb: string;
  /** `/ns/[pkg/]name` as it was typed. */
  readonly action: string;
}

/** Shows an API that was created or added to (C-44): the created route, or every route of an imported document. */
export class ApiCreatedPresenter implements Presenter {
  constructor(
    /** The API as it is now. */
    private readonly api: JsonObject,
    private readonly created?: CreatedRoute,
  ) {}

  text(terminal: Terminal): void {
    for (const { basePath, path, verb, action, url } of this.routes()) {
      const target = action === '' ? '' : ` for action ${terminal.palette.name(action)}`;
      terminal.ok(`ok: created API ${basePath.replace(/\/$/, '')}${path} ${verb}${target}`);
      terminal.ok(url);
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.api));
  }

  names(): readonly string[] {
    return this.routes().map(({ url }) => url);
  }

  private routes(): readonly ApiRoute[] {
    const { created } = this;
    if (created === undefined) return routesOf(this.api);
    return routesOf(this.api, created).map((route) => ({ ...route, action: created.action }));
  }
}
