import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { packageBody } from '../../lib/cli/flags/package-flags.js';
import { annotationFlags, parameterFlags, readParameters } from '../../lib/cli/flags/parameters.js';
import { EntitySavedPresenter } from '../../lib/cli/presenters/entity-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { PackagesClient } from '../../lib/client/packages-client.js';

export default class PackageBind extends RtCommand {
  static override summary = 'Bind a package: use it under another name, with parameters of your own';
  static override args = {
    package: string({ required: true, description: 'name of the package, of another namespace too' }),
    binding: string({ required: true, description: 'name of the binding' }),
  };
  static override flags = {
    overwrite: boolean({ default: false, char: 'o', summary: 'replace a binding that exists' }),
    ...parameterFlags,
    ...annotationFlags,
  };
  static override argumentsNeeded = 'A package name and binding name are required.';
  static override examples = [
    '$ rt package bind /whisk.system/utils mytools\nok: created binding mytools',
    '$ rt package bind mypackage rome -p city Rome',
    '$ rt package bind mypackage rome -p city Roma --overwrite',
  ];
  static override related = ['package:get', 'package:refresh'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PackageBind);
    const typed = parseEntityName(args.package, 'package');
    const typedBinding = parseEntityName(args.binding, 'package');
    const given = await readParameters(flags, this.environment);
    for (const note of given.notes) this.terminal.note(note);
    const packages = new PackagesClient(await this.connect());
    const { namespace, name } = packages.resolve(typed);
    const binding = packages.resolve(typedBinding);
    const body = await packages.put(binding, packageBody(given, { binding: { namespace, name } }), {
      overwrite: flags.overwrite,
      attempt: {
        what: `bind package '${name}'`,
        failed: 'Binding creation failed',
        hints: { 409: 'use --overwrite to replace a binding that exists' },
      },
    });
    await this.present(
      new EntitySavedPresenter({ verb: 'created', thing: 'binding', name: entityName(binding), body }),
    );
  }
}
