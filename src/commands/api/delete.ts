import { string } from '@oclif/core/args';
import { apiFilter } from '../../lib/cli/flags/api-words.js';
import { ApiDeletedPresenter } from '../../lib/cli/presenters/api-deleted.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ApisClient } from '../../lib/client/apis-client.js';

export default class ApiDelete extends RtCommand {
  static override summary = 'Delete an API, a path of it, or a verb of a path';
  static override args = {
    api: string({ required: true, description: 'base path or name of the API' }),
    path: string({ description: 'only this path' }),
    verb: string({ description: 'only this verb of the path' }),
  };
  static override argumentsNeeded =
    'An API base path or API name is required.  An optional API relative path and operation may also be provided.';
  static override examples = [
    '$ rt api delete /books\nok: deleted API /books',
    '$ rt api delete Books /list\nok: deleted /list from Books',
    '$ rt api delete /books /list get\nok: deleted /list GET from /books',
  ];
  static override related = ['api:list', 'api:create'];

  async run(): Promise<void> {
    const { args, argv } = await this.parse(ApiDelete);
    const { route: _route, ...filter } = apiFilter(argv.map(String));
    await new ApisClient(await this.connect()).delete(filter);
    await this.present(new ApiDeletedPresenter({ ...filter, basepath: args.api }));
  }
}
