import { string } from '@oclif/core/args';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { invokeFlags } from '../../lib/cli/flags/invoke-flags.js';
import { type GivenEntries, objectText, readBody, readParameters, wordPairs } from '../../lib/cli/flags/parameters.js';
import { waitOf } from '../../lib/cli/flags/wait-flag.js';
import { openBrowser } from '../../lib/cli/open-browser.js';
import { logLines } from '../../lib/cli/presenters/activation-log-lines.js';
import { invocationFailure, InvocationPresenter } from '../../lib/cli/presenters/invocation.js';
import { WebPagePresenter, webPageUrl } from '../../lib/cli/presenters/web-page.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { entityName } from '../../lib/client/entity-collection.js';
import type { Invocation } from '../../lib/client/invocation.js';
import { invokeAction } from '../../lib/client/invoke-action.js';
import type { WhiskClient } from '../../lib/client/whisk-client.js';
import { formatFullyQualifiedName, type FullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';
import { UsageError } from '../../lib/errors/client-errors.js';

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
  static override flags = invokeFlags;
  static override argumentsNeeded = argumentsNeeded;
  static override examples = [
    '$ rt action invoke hello --result -p name Bob\n{\n    "greeting": "Hello, Bob!"\n}',
    '$ rt invoke hello name=Bob',
    '$ rt action invoke hello\nok: invoked /_/hello with id 0123456789abcdef0123456789abcdef',
    '$ rt action invoke report --blocking --wait 30m -P parameters.json',
    '$ rt action invoke page --web name=Bob',
  ];
  static override related = ['activation:get', 'activation:logs', 'activation:result'];

  async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(ActionInvoke);
    const words = argv.slice(1).map(String);
    const { typed, given, body } = await this.checked({
      typed: () => parseActionName(args.name),
      given: () => {
        const param = [...(flags.param ?? []), ...wordPairs(words, argumentsNeeded)];
        return readParameters({ ...flags, param }, this.environment);
      },
      body: () => (flags.body === undefined ? undefined : readBody(flags.body, flags, this.environment)),
    });
    if (body !== undefined && words.length > 0) throw new UsageError('Cannot use --body together with parameters');
    for (const note of given.notes) this.terminal.note(note);
    const client = await this.connect();
    const actions = new ActionsClient(client);
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const name = actions.resolve(typed);
    if (flags.web) return this.openPage(client, name, given.parameters);
    const blocking = flags.blocking || flags.full || flags.logs;
    const request = {
      name,
      args: body ?? objectText(given.parameters),
      blocking,
      result: flags.result,
      ...waitOf(flags.wait),
    };
    const invocation = await invokeAction(request, { actions, activations });
    const shown = { invocation, name: formatFullyQualifiedName(name), onlyResult: flags.result };
    await this.present(new InvocationPresenter(shown));
    if (flags.logs && invocation.activationId !== undefined) {
      await this.showLogs(activations, invocation.activationId, name.namespace);
    }
    const failure = invocationFailure(invocation);
    if (failure === undefined) return;
    if (flags.result && !flags.logs && this.terminal.interactive) await this.hintAtLogs(activations, invocation, name);
    throw failure;
  }

  /** Tells somebody at a terminal where to read on when an action failed and has logged something (C-57). */
  private async hintAtLogs(
    activations: ActivationsClient,
    { outcome, activationId }: Invocation,
    { namespace }: FullyQualifiedName,
  ): Promise<void> {
    if (outcome !== 'failure' || activationId === undefined || this.terminal.quiet) return;
    const document = await activations.get(activationId, 'logs', { namespace, wait: 0 }).catch(() => '{}');
    if (logLines(document).length === 0) return;
    this.terminal.diagnostic(`${this.terminal.palette.hint('hint:')} rt activation logs ${activationId}`);
  }

  private async openPage(client: WhiskClient, name: FullyQualifiedName, parameters: GivenEntries): Promise<void> {
    const action = { body: await new ActionsClient(client).get(name, { code: false }), name: entityName(name) };
    const url = webPageUrl(action, parameters ?? [], client);
    // Nobody sees a browser that a script opens.
    const opened = this.session.prompter.allowed && (await openBrowser(url, this.environment));
    await this.present(new WebPagePresenter(url, opened));
  }

  private async showLogs(activations: ActivationsClient, id: string, namespace: string): Promise<void> {
    const document = await activations.get(id, 'logs', { namespace, wait: logsWait });
    for (const line of logLines(document)) this.terminal.diagnostic(line);
  }
}
