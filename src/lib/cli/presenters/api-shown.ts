import { documentOf } from '../../client/api-routes.js';
import { type ListRecord, textOf } from '../../client/list-records.js';
import { stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';

/** Shows the Swagger document of an API, or with `full` all that the gateway knows of it. */
export class ApiPresenter implements Presenter {
  private readonly document: ListRecord;

  constructor(
    api: ListRecord,
    private readonly options: { readonly full: boolean; readonly yaml: ((document: string) => string) | undefined },
  ) {
    this.document = options.full ? api : documentOf(api);
  }

  text(terminal: Terminal): void {
    const text = stringifyJson(this.document);
    terminal.answer(this.options.yaml === undefined ? shownJson(text) : this.options.yaml(text).trimEnd());
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.document));
  }

  names(): readonly string[] {
    return [textOf(this.options.full ? documentOf(this.document) : this.document, 'basePath') ?? ''];
  }
}
