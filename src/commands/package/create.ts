import { string } from '@oclif/core/args';
import { parseEntityName, parseNewPackageName } from '../../lib/cli/flags/entity-names.js';
import { packageBody, packageFlags, publishOf } from '../../lib/cli/flags/package-flags.js';
import { type ParameterFlagValues, readParameters } from '../../lib/cli/flags/parameters.js';
import { EntitySavedPresenter } from '../../lib/cli/presenters/entity-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { PackagesClient } from '../../lib/client/packages-client.js';
import type { Attempt } from '../../lib/client/responses.js';

/** The words of `package create` and `package update`, parsed. */
interface ParsedLine {
  readonly args: { readonly name: string };
  readonly flags: ParameterFlagValues & { readonly shared?: string | undefined };
}

export default class PackageCreate extends RtCommand {
  static override summary = 'Create a package';
  static override args = {
    name: string({ required: true, description: 'name of the package' }),
  };
  static override flags = packageFlags;
  static override argumentsNeeded = 'A package name is required.';
  static override examples = [
    '$ rt package create mypackage\nok: created package mypackage',
    '$ rt package create mypackage -p city Oslo -a description things',
    '$ rt package create tools --shared yes',
  ];
  static override related = ['package:update', 'package:bind', 'action:create'];

  protected readonly verb: 'create' | 'update' = 'create';

  async run(): Promise<void> {
    const { args, flags } = await this.line();
    const overwrite = this.verb === 'update';
    const typed = overwrite ? parseEntityName(args.name, 'package') : parseNewPackageName(args.name);
    const publish = publishOf(flags.shared);
    const given = await readParameters(flags, this.environment);
    for (const note of given.notes) this.terminal.note(note);
    const packages = new PackagesClient(await this.connect());
    const name = packages.resolve(typed);
    const attempt = this.attempt(entityName(name));
    const body = await packages.put(name, packageBody(given, { publish }), { overwrite, attempt });
    const verb = overwrite ? 'updated' : 'created';
    await this.present(new EntitySavedPresenter({ verb, thing: 'package', name: entityName(name), body }));
  }

  protected line(): Promise<ParsedLine> {
    return this.parse(PackageCreate);
  }

  private attempt(name: string): Attempt {
    const what = `${this.verb} package '${name}'`;
    if (this.verb === 'update') return { what, failed: 'Package update failed' };
    return { what, hints: { 409: `use 'rt package update ${name}' to change it` } };
  }
}
