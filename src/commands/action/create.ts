import { string } from '@oclif/core/args';
import type { FlagInput } from '@oclif/core/interfaces';
import { imageArtifact, nativeImage, readArtifact } from '../../lib/artifact/code-artifact.js';
import type { NpmOptions } from '../../lib/artifact/npm-packages.js';
import { nearest } from '../../lib/cli/did-you-mean.js';
import { actionCreateFlags } from '../../lib/cli/flags/action-flags.js';
import {
  actionChange,
  type ActionFlagValues,
  type ExecSource,
  execSource,
  npmMode,
} from '../../lib/cli/flags/action-request.js';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { readParameters } from '../../lib/cli/flags/parameters.js';
import { withListedKinds } from '../../lib/cli/presenters/action-kind-error.js';
import { ActionSavedPresenter } from '../../lib/cli/presenters/action-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import type { ActionChange } from '../../lib/client/action-change.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { KindsClient } from '../../lib/client/kinds-client.js';
import { saveAction } from '../../lib/client/save-action.js';
import { formatFullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';
import { PooledRandom } from '../../lib/entity/random.js';

/** The words of `action create` and `action update`, parsed. */
interface ParsedLine {
  readonly args: { readonly name: string; readonly code: string | undefined };
  readonly flags: ActionFlagValues;
}

export default class ActionCreate extends RtCommand {
  static override summary = 'Create an action';
  static override description =
    'The code is a file, a zip, or a folder that is zipped. Its runtime follows from the name or the content unless --kind says it.';
  static override args = {
    name: string({ required: true, description: 'name of the action, [PACKAGE/]NAME' }),
    code: string({ description: 'file or folder; with --sequence a list of actions, with --copy another action' }),
  };
  static override flags: FlagInput = actionCreateFlags;
  static override argumentsNeeded = 'An action name and code artifact are required.';
  static override examples = [
    '$ rt action create hello hello.js\nok: created action hello',
    '$ rt action create api/hello ./hello --web true --npm -p greeting Hi',
    '$ rt action create both first,second --sequence\nok: created action both',
    '$ rt action create tool --docker me/tool:1.0 --memory 512MB --timeout 90s',
  ];
  static override related = ['action:update', 'action:invoke', 'kind:list'];

  protected readonly verb: 'create' | 'update' = 'create';

  async run(): Promise<void> {
    const { args, flags } = await this.line();
    const { typed, source, given } = await this.checked({
      typed: () => parseActionName(args.name),
      source: () => execSource({ verb: this.verb, flags, word: args.code }),
      given: () => readParameters(flags, this.environment),
    });
    const change = actionChange(flags, given);
    for (const note of given.notes) this.terminal.note(note);
    const exec = await this.readCode(source, flags);
    const client = await this.connect();
    const actions = new ActionsClient(client);
    const name = actions.resolve(typed);
    const saved = await saveAction(
      {
        name,
        verb: this.verb,
        change: { ...change, ...exec, ...execOf(source, actions) },
        ifNotExists: flags['if-not-exists'] === true,
        hints: this.hints(args),
      },
      { actions, random: new PooledRandom() },
    ).catch((error: unknown) => {
      throw withListedKinds(error);
    });
    await this.present(
      new ActionSavedPresenter({
        saved,
        verb: this.verb === 'create' ? 'created' : 'updated',
        client,
        showUrl: change.web === 'true' || change.web === 'raw',
      }),
    );
    if (saved.generatedSecret !== undefined) {
      this.terminal.note(`web secret: ${saved.generatedSecret} (send it as X-Require-Whisk-Auth)`);
    }
  }

  protected line(): Promise<ParsedLine> {
    const { args, baseFlags } = ActionCreate;
    return this.parse({ args, flags: actionCreateFlags, baseFlags });
  }

  /** The exec of code on disk or of an image; nothing for other sources. */
  private async readCode(source: ExecSource, flags: ActionFlagValues): Promise<Pick<ActionChange, 'exec'>> {
    const image = flags.native === true ? nativeImage : flags.docker;
    if (source.type === 'image' && image !== undefined) return { exec: imageArtifact(image, flags.main) };
    if (source.type !== 'code') return {};
    const { kind, main, binary } = flags;
    const packages = this.packages(flags);
    const read = readArtifact(source.path, {
      cwd: this.environment.cwd,
      packages,
      kind,
      image,
      main,
      binary,
      nearest,
      offersFamily: async (family) => {
        const kinds = await new KindsClient(await this.connect()).list();
        return kinds.some((entry) => entry.family === family);
      },
    });
    const { exec, notes } = await this.session.progress.during(
      packages === undefined ? `reading ${source.path}` : `installing the packages of ${source.path}`,
      read,
    );
    for (const note of notes) this.terminal.note(note);
    return { exec };
  }

  private packages(flags: ActionFlagValues): NpmOptions | undefined {
    const mode = npmMode(flags);
    if (mode === undefined) return undefined;
    // npm and its copy of the folder are gone before the command ends (C-63).
    this.session.endInOrder();
    const { env, platform, temporary } = this.environment;
    return { mode, env, platform, temporary, signal: this.signal };
  }

  private hints(args: ParsedLine['args']): Readonly<Record<number, string>> {
    if (this.verb === 'update') return {};
    const words = args.code === undefined ? args.name : `${args.name} ${args.code}`;
    return { 409: `use 'rt action update ${words}' to replace it` };
  }
}

/** What sources other than code say about the exec. */
function execOf(source: ExecSource, actions: ActionsClient): Pick<ActionChange, 'exec' | 'copyFrom'> {
  if (source.type === 'copy') return { copyFrom: actions.resolve(source.from) };
  if (source.type !== 'sequence') return {};
  const components = source.components.map((name) => formatFullyQualifiedName(actions.resolve(name)));
  return { exec: { kind: 'sequence', components } };
}
