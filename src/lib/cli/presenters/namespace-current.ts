import type { Sourced } from '../../config/connection.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Which namespace the key opens, on which host. */
export interface CurrentNamespace {
  readonly namespace: string;
  readonly apihost: Sourced<string>;
  /** Where the key comes from. */
  readonly keySource: string;
}

/** Shows where commands go: namespace, host and the source of the key. */
export class CurrentNamespacePresenter implements Presenter {
  constructor(private readonly current: CurrentNamespace) {}

  text(terminal: Terminal): void {
    const { namespace, apihost, keySource } = this.current;
    if (terminal.quiet) {
      terminal.answer(namespace);
      return;
    }
    terminal.answer(`namespace  ${terminal.palette.name(namespace)}`);
    terminal.answer(`API host   ${apihost.value} (${apihost.source})`);
    terminal.answer(`key        from ${keySource}`);
  }

  json(): object {
    const { namespace, apihost, keySource } = this.current;
    return { namespace, apihost: apihost.value, apihostSource: apihost.source, authSource: keySource };
  }

  names(): readonly string[] {
    return [this.current.namespace];
  }
}
