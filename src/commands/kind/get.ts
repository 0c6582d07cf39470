import { string } from '@oclif/core/args';
import { didYouMean } from '../../lib/cli/did-you-mean.js';
import { KindPresenter } from '../../lib/cli/presenters/kinds.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { findKind, KindsClient } from '../../lib/client/kinds-client.js';
import { UsageError } from '../../lib/errors/client-errors.js';

export default class KindGet extends RtCommand {
  static override summary = 'Show one runtime kind';
  static override args = {
    kind: string({ required: true, description: 'a kind such as nodejs:20, or a family for its default kind' }),
  };
  static override argumentsNeeded = 'A kind is required.';
  static override examples = [
    '$ rt kind get nodejs:20\nok: got kind nodejs:20\n{\n    "family": "nodejs",\n    "kind": "nodejs:20",\n    …\n}',
    '$ rt kind get python',
    '$ rt kind get nodejs:default --json',
  ];
  static override related = ['kind:list'];

  async run(): Promise<void> {
    const { args } = await this.parse(KindGet);
    const client = await this.connect();
    const kinds = await new KindsClient(client).list();
    const kind = findKind(kinds, args.kind);
    if (kind === undefined) {
      const words = kinds.map((entry) => entry.kind);
      throw new UsageError(`the platform has no kind '${args.kind}'`, {
        hint: didYouMean(args.kind, words) ?? "'rt kind list' shows the kinds",
      });
    }
    await this.present(new KindPresenter(kind));
  }
}
