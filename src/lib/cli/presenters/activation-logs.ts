import type { ActivationLogs } from '../../client/activation-logs.js';
import { type ListRecord, textOf } from '../../client/list-records.js';
import { stringifyJson } from '../../entity/json.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { logLines, parseLogLine, strippedLine } from './activation-log-lines.js';

/** Shows logs line by line; with `titled` each activation under a title on stderr (C-65). */
export class ActivationLogsPresenter implements Presenter {
  constructor(
    private readonly activations: readonly ActivationLogs[],
    private readonly options: { readonly strip: boolean; readonly titled: boolean },
  ) {}

  text(terminal: Terminal): void {
    for (const { activationId, name, document } of this.activations) {
      if (this.options.titled && !terminal.quiet) {
        terminal.diagnostic(terminal.palette.dim(`=== activation logs ${activationId} ${name}`));
      }
      for (const line of logLines(document)) terminal.answer(this.options.strip ? strippedLine(line) : line);
    }
  }

  json(): object {
    const documents = this.activations.map(({ activationId, document }) => ({
      activationId,
      logs: logLines(document).map(parseLogLine),
    }));
    const [first] = documents;
    return documents.length === 1 && first !== undefined ? first : documents;
  }
}

/** Whether there is anything to show of an activation's logs. */
export function hasLines({ document }: ActivationLogs): boolean {
  return logLines(document).length > 0;
}

/** The logs that a whole record brings along. */
export function logsOfRecord(record: ListRecord): ActivationLogs {
  return {
    activationId: textOf(record, 'activationId') ?? '',
    name: textOf(record, 'name') ?? '',
    document: stringifyJson(record),
  };
}
