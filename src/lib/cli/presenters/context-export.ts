import { contextAsDocument, contextAsEnv, contextAsProperties, type ContextText } from '../../config/context-text.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

export const exportFormats = ['env', 'wskprops', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A context with its key, for a shell, a properties file or another machine (§12.2). */
export class ContextExport implements Presenter {
  constructor(
    private readonly context: ContextText,
    private readonly format: ExportFormat,
  ) {}

  text(terminal: Terminal): void {
    switch (this.format) {
      case 'env':
        terminal.raw(contextAsEnv(this.context));
        return;
      case 'wskprops':
        terminal.raw(contextAsProperties(this.context));
        return;
      case 'json':
        terminal.answer(JSON.stringify(this.json(), undefined, 2));
    }
  }

  json(): object {
    return contextAsDocument(this.context);
  }
}
