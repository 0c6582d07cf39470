import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import {
  activationSource,
  activationSourceFlags,
  idRequired,
  recordWait,
} from '../../lib/cli/flags/activation-source.js';
import { waitOf } from '../../lib/cli/flags/wait-flag.js';
import { activationFields, checkField } from '../../lib/cli/presenters/action-field.js';
import { ActivationLogsPresenter } from '../../lib/cli/presenters/activation-logs.js';
import { ActivationPresenter, type ActivationView } from '../../lib/cli/presenters/activation-shown.js';
import { failureOfRecord } from '../../lib/cli/presenters/activation-status.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { findActivation } from '../../lib/client/find-activation.js';

export default class ActivationGet extends RtCommand {
  static override summary = 'Show an activation record, or a part of it';
  static override args = {
    id: string({ description: 'activation id; not with --last or --action' }),
    field: string({ description: 'only this member; a path such as response.result' }),
  };
  static override flags = {
    ...activationSourceFlags,
    summary: boolean({ default: false, char: 's', summary: 'status, time and result' }),
    logs: boolean({
      char: 'g',
      summary: 'only the log lines, without time and stream',
      exclusive: ['summary', 'result'],
    }),
    result: boolean({ default: false, char: 'r', summary: 'only the result', exclusive: ['summary'] }),
    'exit-status': boolean({ default: false, summary: 'exit with 246 if the activation failed' }),
  };
  static override argumentsNeeded = 'An activation ID is required.';
  static override examples = [
    '$ rt activation get --last\nok: got activation 0123456789abcdef0123456789abcdef\n{\n    …\n}',
    '$ rt activation get 0123456789abcdef0123456789abcdef response.result',
    '$ rt activation get --action mypackage/hello --summary',
  ];
  static override related = ['activation:list', 'activation:logs', 'activation:result'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationGet);
    const { id, field } = wordsOf(args, flags.last || flags.action !== undefined);
    const source = activationSource(id, flags);
    if (source === undefined) throw idRequired();
    if (field !== undefined) checkField(field, activationFields);
    const wait = recordWait(source, waitOf(flags.wait));
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const { activationId, name, namespace } = await findActivation(source, activations);
    const record = await activations.get(activationId, 'record', { namespace, wait });
    if (flags.logs) {
      const logs = [{ activationId, name, document: record }];
      await this.present(new ActivationLogsPresenter(logs, { strip: true, titled: false }));
    } else {
      await this.present(new ActivationPresenter(activationId, record, viewOf(flags, field)));
    }
    const failure = flags['exit-status'] ? failureOfRecord(record) : undefined;
    if (failure !== undefined) throw failure;
  }
}

/** With `--last` or `--action` a single word is the field, unless it is an id. */
function wordsOf(
  args: { readonly id: string | undefined; readonly field: string | undefined },
  chosenByFlag: boolean,
): { readonly id: string | undefined; readonly field: string | undefined } {
  const isField = chosenByFlag && args.field === undefined && !/^[0-9a-f]{32}$/.test(args.id ?? '');
  return isField ? { id: undefined, field: args.id } : args;
}

function viewOf(
  flags: { readonly summary: boolean; readonly result: boolean },
  field: string | undefined,
): ActivationView {
  if (field !== undefined) return { type: 'field', field };
  if (flags.result) return { type: 'result' };
  return flags.summary ? { type: 'summary' } : { type: 'whole' };
}
