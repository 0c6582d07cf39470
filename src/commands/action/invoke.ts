import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { objectText, parameterFlags, readParameters, wordPairs } from '../../lib/cli/flags/parameters.js';
import { waitFlag, waitOf } from '../../lib/cli/flags/wait-flag.js';
import { logLines } from '../../lib/cli/presenters/activation-log-lines.js';
import { invocationFailure, InvocationPresenter } from '../../lib/cli/presenters/invocation.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { invokeAction } from '../../lib/client/invoke-action.js';
import { formatFullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';

const argumentsNeeded = 'An action name is required.';

/** Milliseconds that `--logs` waits for a record that is not written yet. */
const logsWait = 5000;

export default class ActionInvoke extends RtCommand {
  static override summary = 'Invoke an action';
  static override description =
    'Without a flag the activation is only started and its id printed. An action that fails prints to stderr and exits with 246.';
  static override args = {
    name: string({ required: true, description: 'name of the action; key=value words behind it are parameters' }),
  };
  static override strict = false;
  static override flags = {
    blocking: boolean({
      default: false,
      char: 'b',
      summary: 'wait for the activation and show its record',
      exclusive: ['no-wait'],
    }),
    result: boolean({
      default: false,
      char: 'r',
      summary: 'wait for the activation and show only its result',
      exclusive: ['no-wait'],
    }),
    full: boolean({ default: false, char: 'f', summary: 'the same as --blocking', exclusive: ['no-wait'] }),
    'no-wait': boolean({ default: false, char: 'n', summary: 'do not wait (the default)' }),
    wait: waitFlag({
      summary: 'keep waiting, by default up to 10m, when the activation takes longer than the host waits',
    }),
    logs: boolean({
      default: false,
      summary: 'wait, and show the log lines on stderr behind the result',
      exclusive: ['no-wait'],
    }),
    ...parameterFlags,
  };
  static override argumentsNeeded = argumentsNeeded;
  static override examples = [
    '$ rt action invoke hello --result -p name Bob\n{\n    "greeting": "Hello, Bob!"\n}',
    '$ rt invoke hello name=Bob',
    '$ rt action invoke hello\nok: invoked /_/hello with id 0123456789abcdef0123456789abcdef',
    '$ rt action invoke report --blocking --wait 30m -P parameters.json',
  ];
  static override related = ['activation:get', 'activation:logs', 'activation:result'];

  async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(ActionInvoke);
    const typed = parseActionName(args.name);
    const words = wordPairs(argv.slice(1).map(String), argumentsNeeded);
    const given = await readParameters({ ...flags, param: [...(flags.param ?? []), ...words] }, this.environment);
    for (const note of given.notes) this.terminal.note(note);
    const client = await this.connect();
    const actions = new ActionsClient(client);
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const name = actions.resolve(typed);
    const blocking = flags.blocking || flags.full || flags.logs;
    const request = { name, args: objectText(given.parameters), blocking, result: flags.result, ...waitOf(flags.wait) };
    const invocation = await invokeAction(request, { actions, activations });
    const shown = { invocation, name: formatFullyQualifiedName(name), onlyResult: flags.result };
    await this.present(new InvocationPresenter(shown));
    if (flags.logs && invocation.activationId !== undefined) {
      await this.showLogs(activations, invocation.activationId, name.namespace);
    }
    const failure = invocationFailure(invocation);
    if (failure !== undefined) throw failure;
  }

  private async showLogs(activations: ActivationsClient, id: string, namespace: string): Promise<void> {
    const document = await activations.get(id, 'logs', { namespace, wait: logsWait });
    for (const line of logLines(document)) this.terminal.diagnostic(line);
  }
}
