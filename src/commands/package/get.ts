import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { EntityPresenter } from '../../lib/cli/presenters/entity-shown.js';
import { summaryOf } from '../../lib/cli/presenters/entity-summary.js';
import { entityView } from '../../lib/cli/presenters/entity-view.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { PackagesClient } from '../../lib/client/packages-client.js';

export default class PackageGet extends RtCommand {
  static override summary = 'Show a package or a binding, and what is in it';
  static override args = {
    name: string({ required: true, description: 'name of the package' }),
    field: string({ description: 'only this member; a path such as actions.0.name' }),
  };
  static override flags = {
    summary: boolean({
      default: false,
      char: 's',
      summary: 'description and parameters, of its actions and feeds too',
    }),
  };
  static override argumentsNeeded = 'A package name is required.';
  static override examples = [
    '$ rt package get mypackage parameters\nok: got package mypackage, displaying field parameters\n[\n    {\n        "key": "city",\n        "value": "Oslo"\n    }\n]',
    '$ rt package get mypackage --summary\npackage /guest/mypackage: things\n   (parameters: *city)',
    '$ rt package get /whisk.system/alarms --summary',
  ];
  static override related = ['package:list', 'action:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PackageGet);
    const typed = parseEntityName(args.name, 'package');
    const view = entityView('package', args.field, flags.summary);
    const packages = new PackagesClient(await this.connect());
    const name = packages.resolve(typed);
    const body = await packages.get(name);
    const summary = (found: string) => summaryOf('package', found);
    await this.present(new EntityPresenter({ thing: 'package', name: entityName(name), body, view, summary }));
  }
}
