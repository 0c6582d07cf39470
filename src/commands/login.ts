import { string } from '@oclif/core/args';
import { boolean, string as stringFlag } from '@oclif/core/flags';
import { ContextCatalogue } from '../lib/cli/context-catalogue.js';
import { Outcome } from '../lib/cli/presenters/outcome.js';
import { RtCommand } from '../lib/cli/rt-command.js';
import { SignIn } from '../lib/cli/sign-in.js';
import { storeConfig } from '../lib/cli/store-config.js';
import { changeContext, checkContextName, contextNameFor, useContext } from '../lib/config/context-changes.js';

export default class Login extends RtCommand {
  static override summary = 'Try a key, or a user and a password, and store the connection';
  static override description =
    'With --auth the key is tried and stored as a context. Without it the password of a user of OpenServerless is exchanged for a key. A ' +
    'password is asked for, or taken from RT_PASSWORD, OPS_PASSWORD or standard input; never from the command line, which others can see. ' +
    'OPS_APIHOST and OPS_USER are used when host and user are not given.';
  static override args = {
    apihost: string({ description: 'API host: host, host:port or URL' }),
    user: string({ description: 'name of the user (default: nuvolaris)' }),
  };
  static override flags = {
    auth: stringFlag({ char: 'u', helpValue: 'UUID:KEY', summary: 'authorization key; - reads it from stdin' }),
    user: stringFlag({ helpValue: 'NAME', summary: 'name of the user' }),
    context: stringFlag({ helpValue: 'NAME', summary: 'name of the context (default: that of the host)' }),
    verify: boolean({ default: true, allowNo: true, summary: 'try the key before it is stored' }),
  };
  static override argumentsNeeded = 'At most an API host and a user are expected.';
  static override examples = [
    '$ rt login openwhisk.example.org --auth - < key.txt\nok: logged in to openwhisk.example.org, namespace guest\nok: using context openwhisk.example.org',
    '$ rt login https://openserverless.example.org devel --context work',
    '$ RT_PASSWORD=… rt login openserverless.example.org devel',
  ];
  static override related = ['logout', 'context:list', 'namespace:current'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Login);
    if (flags.context !== undefined) checkContextName(flags.context);
    const { values, namespace } = await new SignIn(this.session).run({
      apihost: args.apihost ?? undefined,
      user: args.user ?? flags.user,
      auth: flags.auth,
      verify: flags.verify,
    });
    const apihost = values.get('apihost') ?? '';
    const name = flags.context ?? contextNameFor(apihost);
    const [store, use] = [changeContext(name, values, true), useContext(name)];
    await storeConfig(this.session, (document) => use(store(document)));
    const stronger = await new ContextCatalogue(this.session).overridden();
    if (stronger !== undefined) this.terminal.note(`${stronger} goes before the context`);
    const done =
      namespace === undefined ? `stored the key for ${apihost}` : `logged in to ${apihost}, namespace ${namespace}`;
    const document = { context: name, apihost, namespace: namespace ?? null };
    await this.present(new Outcome([done, `using context ${name}`], document));
  }
}
