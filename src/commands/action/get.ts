import { string } from '@oclif/core/args';
import { boolean, string as stringFlag } from '@oclif/core/flags';
import { codeBytes, deployedCode, savedName } from '../../lib/artifact/saved-code.js';
import { saveFile } from '../../lib/artifact/saved-file.js';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { ActionCodePresenter, CodeSavedPresenter } from '../../lib/cli/presenters/action-code.js';
import {
  type EnvironmentForm,
  EnvironmentSavedPresenter,
  environmentText,
} from '../../lib/cli/presenters/action-environment.js';
import { actionFields, checkField } from '../../lib/cli/presenters/action-field.js';
import { ActionPresenter, type ActionView } from '../../lib/cli/presenters/action-shown.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { UsageError } from '../../lib/errors/client-errors.js';
import { entityName } from '../../lib/client/entity-collection.js';

export default class ActionGet extends RtCommand {
  static override summary = 'Show an action, a field of it, its URL or its code';
  static override args = {
    name: string({ required: true, description: 'name of the action' }),
    field: string({ description: 'only this member; a path such as exec.kind' }),
  };
  static override flags = {
    summary: boolean({ default: false, char: 's', summary: 'description and parameters' }),
    url: boolean({ default: false, char: 'r', summary: 'URL under which the action is called' }),
    code: boolean({ default: false, char: 'c', summary: 'the source, exactly', exclusive: ['save', 'save-as'] }),
    save: boolean({ default: false, summary: 'save the code to a file with the name of the action' }),
    'save-as': stringFlag({ helpValue: 'FILE', summary: 'save the code to this file; - is stdout' }),
    'save-env': stringFlag({
      char: 'E',
      helpValue: 'FILE',
      summary: 'save the environment values as .env lines; - is stdout',
      exclusive: ['save-env-json', 'code', 'save', 'save-as'],
    }),
    'save-env-json': stringFlag({
      char: 'J',
      helpValue: 'FILE',
      summary: 'save the environment values as JSON; - is stdout',
      exclusive: ['code', 'save', 'save-as'],
    }),
    force: boolean({ default: false, char: 'f', summary: 'replace an existing file' }),
  };
  static override argumentsNeeded = 'An action name is required.';
  static override examples = [
    '$ rt action get hello exec.kind\nok: got action hello, displaying field exec.kind\n"nodejs:20"',
    '$ rt action get hello --url\nok: got action hello\nhttp://127.0.0.1:3233/api/v1/namespaces/guest/actions/hello',
    '$ rt action get hello --save\nok: saved action code to /home/me/hello.js',
    '$ rt action get hello --save-env hello.env\nok: saved action environment to /home/me/hello.env',
  ];
  static override related = ['action:list', 'action:update'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActionGet);
    const { typed } = await this.checked({
      typed: () => parseActionName(args.name),
      field: () => (args.field === undefined ? undefined : checkField(args.field, actionFields)),
    });
    const file = flags.save ? '' : flags['save-as'];
    const client = await this.connect();
    const actions = new ActionsClient(client);
    const name = actions.resolve(typed);
    const body = await actions.get(name, { code: flags.code || file !== undefined });
    if (flags.code) return this.showCode(body);
    if (file !== undefined) return this.save(body, { file, name: name.name, force: flags.force });
    const environment = flags['save-env'] ?? flags['save-env-json'];
    if (environment !== undefined) {
      const form = flags['save-env'] === undefined ? 'json' : 'dotenv';
      return this.saveEnvironment(body, { file: environment, form, force: flags.force });
    }
    const view = viewOf(flags, args.field);
    const wide = this.output.format === 'wide';
    await this.present(new ActionPresenter({ name: entityName(name), body, client, view, wide }));
  }

  private async saveEnvironment(
    body: string,
    { file, form, force }: { readonly file: string; readonly form: EnvironmentForm; readonly force: boolean },
  ): Promise<void> {
    if (file === '-') return this.present(new EnvironmentSavedPresenter({ body, form }));
    const bytes = Buffer.from(environmentText(body, form));
    const path = await saveFile(file, bytes, { cwd: this.environment.cwd, force, secret: true });
    await this.present(new EnvironmentSavedPresenter({ body, path, form }));
  }

  private async showCode(body: string): Promise<void> {
    const { code, binary } = deployedCode(body);
    if (binary) throw new UsageError('Cannot display code because it is not plaintext.', { hint: 'use --save' });
    await this.present(new ActionCodePresenter(body, code));
  }

  private async save(body: string, to: { file: string; name: string; force: boolean }): Promise<void> {
    const code = deployedCode(body);
    if (to.file === '-') return this.present(new ActionCodePresenter(body, codeBytes(code)));
    const file = to.file === '' ? savedName(to.name, code) : to.file;
    const path = await saveFile(file, codeBytes(code), { cwd: this.environment.cwd, force: to.force });
    await this.present(new CodeSavedPresenter(body, path));
  }
}

/** `--url` wins over FIELD and `--summary` (§11.1). */
function viewOf(flags: { readonly url: boolean; readonly summary: boolean }, field: string | undefined): ActionView {
  if (flags.url) return { type: 'url' };
  if (field !== undefined) return { type: 'field', field };
  return flags.summary ? { type: 'summary' } : { type: 'whole' };
}
