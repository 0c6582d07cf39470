import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What of an API was deleted. */
export interface DeletedApi {
  /** Base path or name, as typed. */
  readonly basepath: string;
  readonly relpath?: string;
  /** Lower case. */
  readonly operation?: string;
}

/** Shows an API, a path or a verb that was deleted (C-44). */
export class ApiDeletedPresenter implements Presenter {
  constructor(private readonly deleted: DeletedApi) {}

  text(terminal: Terminal): void {
    const { basepath, relpath, operation } = this.deleted;
    const api = terminal.palette.name(basepath);
    const verb = operation === undefined ? '' : ` ${operation.toUpperCase()}`;
    terminal.ok(relpath === undefined ? `ok: deleted API ${api}` : `ok: deleted ${relpath}${verb} from ${api}`);
  }

  json(): object {
    return this.deleted;
  }

  names(): readonly string[] {
    return [this.deleted.basepath];
  }
}
