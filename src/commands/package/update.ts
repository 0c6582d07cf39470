import { packageFlags } from '../../lib/cli/flags/package-flags.js';
import PackageCreate from './create.js';

export default class PackageUpdate extends PackageCreate {
  static override summary = 'Update a package, or create it if it does not exist';
  static override description =
    'What is not named stays as it is; given parameters or annotations replace all of them.';
  static override args = PackageCreate.args;
  static override flags = packageFlags;
  static override argumentsNeeded = PackageCreate.argumentsNeeded;
  static override examples = [
    '$ rt package update mypackage --shared yes\nok: updated package mypackage',
    '$ rt package update mypackage -p city Bergen',
    '$ rt package update mypackage -P parameters.json --json',
  ];
  static override related = ['package:create', 'package:get'];

  protected override readonly verb = 'update';

  protected override line() {
    return this.parse(PackageUpdate);
  }
}
