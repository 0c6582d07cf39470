import { isJsonObject, parseJson } from '../../entity/json.js';
import { UsageError } from '../../errors/client-errors.js';
import { actionUrl, isWebAction } from '../../client/action-url.js';
import type { WhiskClient } from '../../client/whisk-client.js';
import type { JsonEntry } from '../flags/parameter-file.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** The URL of a web action (JSON text) with parameters as its query: text as it is, other values as JSON. Throws UsageError. */
export function webPageUrl(
  action: { readonly body: string; readonly name: string },
  parameters: readonly JsonEntry[],
  client: WhiskClient,
): string {
  const document = parseJson(action.body);
  if (!isJsonObject(document) || !isWebAction(document)) {
    throw new UsageError(`'${action.name}' is not a web action`, {
      hint: `make it one with 'rt action update ${action.name} --web true'`,
    });
  }
  const query = new URLSearchParams(parameters.map(({ key, value }): [string, string] => [key, queryText(value)]));
  const text = query.toString();
  return `${actionUrl(action.body, client)}${text === '' ? '' : `?${text}`}`;
}

function queryText(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}

/** Shows the URL of a web page, or tells that it was opened in a browser (`action invoke --web`). */
export class WebPagePresenter implements Presenter {
  constructor(
    private readonly url: string,
    private readonly opened: boolean,
  ) {}

  text(terminal: Terminal): void {
    if (this.opened) terminal.ok(`ok: opened ${this.url}`);
    else terminal.answer(this.url);
  }

  json(): object {
    return { url: this.url };
  }

  names(): readonly string[] {
    return [this.url];
  }
}
