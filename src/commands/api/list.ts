import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { apiFilter } from '../../lib/cli/flags/api-words.js';
import { listRange, nameSortFlag, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { ApiListPresenter } from '../../lib/cli/presenters/api-list.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ApisClient } from '../../lib/client/apis-client.js';
import { sliceOf } from '../../lib/client/list-records.js';

export default class ApiList extends RtCommand {
  static override summary = 'List the routes of the API gateway';
  static override args = {
    api: string({ description: 'only the API with this base path or name' }),
    path: string({ description: 'only this path' }),
    verb: string({ description: 'only this verb of the path' }),
  };
  static override flags = {
    ...pageFlags,
    'name-sort': nameSortFlag,
    full: boolean({ default: false, char: 'f', summary: 'a block for each route instead of a row' }),
  };
  static override argumentsNeeded =
    'Optional parameters are: API base path (or API name), API relative path and operation.';
  static override examples = [
    '$ rt api list\nok: APIs\nAction            Verb API Name URL\n/guest/books/list get  Books    http://127.0.0.1:3233/gateway/guest/books/list',
    '$ rt api list /books --full',
    '$ rt api list --count\nYou have 3 apis in this namespace.',
  ];
  static override related = ['api:get', 'api:create'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(ApiList);
    const { route, ...filter } = apiFilter(argv.map(String));
    const apis = await new ApisClient(await this.connect()).list(filter, 'obtain the API list');
    if (flags.count) return this.present(new CountPresenter('apis', apis.length));
    // Not every gateway knows pages, so all are read.
    const list = sliceOf(apis, listRange(flags));
    await this.present(new ApiListPresenter(list, { route, full: flags.full, byName: flags['name-sort'] }));
  }
}
