import { string } from '@oclif/core/args';
import { boolean, string as stringFlag } from '@oclif/core/flags';
import { apiFilter } from '../../lib/cli/flags/api-words.js';
import { valueOf } from '../../lib/cli/presenters/api-list.js';
import { ApiPresenter } from '../../lib/cli/presenters/api-shown.js';
import { yamlOf } from '../../lib/cli/present-result.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ApisClient } from '../../lib/client/apis-client.js';
import { HttpError } from '../../lib/errors/client-errors.js';

export default class ApiGet extends RtCommand {
  static override summary = 'Show the Swagger document of an API';
  static override args = { api: string({ required: true, description: 'base path or name of the API' }) };
  static override flags = {
    full: boolean({ default: false, char: 'f', summary: 'all that the gateway knows of the API' }),
    format: stringFlag({ default: 'json', options: ['json', 'yaml'], summary: 'form of the document (default json)' }),
  };
  static override argumentsNeeded = 'An API base path or API name is required.';
  static override examples = [
    '$ rt api get /books --format yaml > books.yaml',
    '$ rt api get Books --full',
    '$ rt api get /books --json',
  ];
  static override related = ['api:list', 'api:create'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ApiGet);
    const { route: _route, ...filter } = apiFilter([args.api]);
    const [found] = await new ApisClient(await this.connect()).list(filter, `get API '${args.api}'`);
    if (found === undefined) {
      const by = args.api.startsWith('/') ? 'basepath' : 'API name';
      throw new HttpError(`API does not exist for ${by} ${args.api}`, { status: 404, hint: 'rt api list shows all' });
    }
    const yaml = flags.format === 'yaml' ? await yamlOf() : undefined;
    await this.present(new ApiPresenter(valueOf(found), { full: flags.full, yaml }));
  }
}
