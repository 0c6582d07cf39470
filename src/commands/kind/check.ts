import { string } from '@oclif/core/args';
import { string as text } from '@oclif/core/flags';
import { readArtifact } from '../../lib/artifact/code-artifact.js';
import { didYouMean } from '../../lib/cli/did-you-mean.js';
import { KindCheckPresenter } from '../../lib/cli/presenters/kind-check.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { checkKind, requirePassed } from '../../lib/client/kind-check/check-kind.js';
import { requireSample, type KindSample } from '../../lib/client/kind-check/kind-samples.js';
import { findKind, type KindEntry, KindsClient } from '../../lib/client/kinds-client.js';
import { PlatformError, UsageError } from '../../lib/errors/client-errors.js';
import { PooledRandom } from '../../lib/entity/random.js';

export default class KindCheck extends RtCommand {
  static override summary = 'Try a runtime kind with a small action';
  static override description =
    'Makes an action of the kind, invokes it, compares what comes back, and removes it. A compiler may take a while the first time.';
  static override args = {
    kind: string({ required: true, description: 'a kind such as php:8.2, or a family for its default kind' }),
  };
  static override flags = {
    code: text({ helpValue: 'FILE', summary: 'code to try instead of the built-in sample; it only has to answer' }),
    main: text({ helpValue: 'NAME', summary: 'entry point of that code' }),
  };
  static override argumentsNeeded = 'A kind is required.';
  static override examples = [
    '$ rt kind check php\nCheck              Outcome Detail\nstarts and answers ok      -\n…',
    '$ rt kind check go:1.22 --code main.go',
    '$ rt kind check nodejs:20 --json',
  ];
  static override related = ['kind:list', 'kind:get'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(KindCheck);
    const client = await this.connect();
    const kind = await this.findKind(args.kind, new KindsClient(client));
    const sample =
      flags.code === undefined ? requireSample(kind.family) : await this.read(flags.code, kind, flags.main);
    const actions = new ActionsClient(client);
    const name = { namespace: '_', package: '', name: `rt-check-${new PooledRandom().hex(6)}` };
    const foreign = flags.code !== undefined;
    const checking = checkKind({ kind: kind.kind, sample, name: actions.resolve(name), foreign }, actions);
    const checks = await this.session.progress.during(`checking ${kind.kind}`, checking);
    await this.present(new KindCheckPresenter(kind.kind, checks));
    requirePassed(kind.kind, checks);
  }

  private async findKind(typed: string, client: KindsClient): Promise<KindEntry> {
    const kinds = await client.list();
    const kind = findKind(kinds, typed);
    if (kind === undefined) {
      const words = kinds.map((entry) => entry.kind);
      const hint = didYouMean(typed, words) ?? "'rt kind list' shows the kinds";
      throw new UsageError(`the platform has no kind '${typed}'`, { hint });
    }
    if (kind.available !== false) return kind;
    throw new PlatformError(`the platform cannot run ${kind.kind}: ${kind.missing ?? 'something is missing'}`);
  }

  private async read(file: string, { kind }: KindEntry, main: string | undefined): Promise<KindSample> {
    const { exec } = await readArtifact(file, { cwd: this.environment.cwd, kind, main });
    return { code: exec.code ?? '', ...(main === undefined ? {} : { main }) };
  }
}
