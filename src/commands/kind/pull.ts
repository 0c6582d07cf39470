import { string as stringArgument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { didYouMean } from '../../lib/cli/did-you-mean.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { KindsPulled } from '../../lib/cli/presenters/kinds-pulled.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { findKind, type KindEntry, KindsClient } from '../../lib/client/kinds-client.js';
import { UsageError } from '../../lib/errors/client-errors.js';
import { exitStatus } from '../../lib/errors/exit-status.js';
import { pullKinds } from '../../lib/platform/launcher/engine-tasks.js';
import { launcherDeps } from '../../lib/platform/launcher/launcher-deps.js';

/** Milliseconds that all the pulls together may take. */
const patience = 3_600_000;

export default class KindPull extends RtCommand {
  static override summary = 'Get the images of kinds, so that the docker driver can run them offline';
  static override description =
    'With --build nothing is downloaded: the image is made from an image with the interpreter that is on this machine already, ' +
    "such as node:20-slim or python:3.11-slim, and rt's own runner.";
  static override args = {
    kind: stringArgument({
      description: 'a kind such as nodejs:20, or a family for its default kind; several are allowed',
    }),
  };
  static override strict = false;
  static override flags = {
    all: boolean({ default: false, summary: 'every kind that is not deprecated' }),
    build: boolean({ default: false, summary: 'make the image from what is on this machine' }),
    base: string({ helpValue: 'IMAGE', dependsOn: ['build'], summary: 'image with the interpreter, for --build' }),
  };
  static override examples = [
    '$ rt kind pull nodejs:20\nok: pulled openwhisk/action-nodejs-v20:nightly for nodejs:20',
    '$ rt kind pull nodejs python --build',
    '$ rt kind pull python:3.11 --build --base my/python:latest',
  ];
  static override related = ['kind:list', 'platform:start'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(KindPull);
    const words = argv.map(String);
    if (words.length === 0 && !flags.all) throw new UsageError('A kind is required, or --all.');
    const client = await this.connect();
    if (!client.connection.local) throw new UsageError('kind pull is for the local platform; others have their images');
    const kinds = await new KindsClient(client).list();
    const chosen = flags.all ? kinds.filter(({ deprecated }) => !deprecated) : words.map((word) => wanted(kinds, word));
    const deps = launcherDeps(this.environment, this.session.program, patience);
    const { build, base } = flags;
    const foreground = !this.terminal.quiet;
    const order = { kinds: chosen.map(imageOf), build, foreground, ...(base === undefined ? {} : { base }) };
    const report = await pullKinds(deps, order);
    await this.present(new KindsPulled(report));
    if (report.failed.length > 0) throw new PresentedFailure('platform', exitStatus.platform);
  }
}

function wanted(kinds: readonly KindEntry[], word: string): KindEntry {
  const kind = findKind(kinds, word);
  if (kind !== undefined) return kind;
  const hint =
    didYouMean(
      word,
      kinds.map((entry) => entry.kind),
    ) ?? "'rt kind list' shows the kinds";
  throw new UsageError(`the platform has no kind '${word}'`, { hint });
}

function imageOf({ kind, family, image }: KindEntry): { kind: string; family: string; image: string } {
  return { kind, family, image };
}
