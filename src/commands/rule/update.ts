import RuleCreate from './create.js';

export default class RuleUpdate extends RuleCreate {
  static override summary = 'Update a rule, or create it if it does not exist';
  static override description = 'An inactive rule stays inactive.';
  static override args = RuleCreate.args;
  static override argumentsNeeded = RuleCreate.argumentsNeeded;
  static override examples = [
    '$ rt rule update r t other\nok: updated rule r',
    '$ rt rule update r t mypackage/hello',
    '$ rt rule update /guest/r t hello --json',
  ];
  static override related = ['rule:create', 'rule:get'];

  protected override readonly verb = 'update';

  protected override line() {
    return this.parse(RuleUpdate);
  }
}
