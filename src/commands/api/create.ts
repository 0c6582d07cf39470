import { string } from '@oclif/core/args';
import { string as stringFlag } from '@oclif/core/flags';
import { createNeeds, newRoute, readSwagger } from '../../lib/cli/flags/api-words.js';
import { TextInput } from '../../lib/cli/flags/text-input.js';
import { ApiCreatedPresenter } from '../../lib/cli/presenters/api-created.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { ApisClient } from '../../lib/client/apis-client.js';
import { createFromDocument, createRoute, type NewRoute } from '../../lib/client/create-api.js';
import { formatFullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';
import { UsageError } from '../../lib/errors/client-errors.js';

export default class ApiCreate extends RtCommand {
  static override summary = 'Create a route to a web action, or an API from a Swagger file';
  static override description =
    'A route is added to the API of its base path. A file replaces the API of its base path.';
  static override args = {
    base_path: string({ description: 'what the paths of the API begin with (default /)' }),
    path: string({ description: 'path of the route; {NAME} is a parameter' }),
    verb: string({ description: 'get, post, put, patch, delete, head or options' }),
    action: string({ description: 'name of a web action' }),
  };
  static override flags = {
    apiname: stringFlag({
      char: 'n',
      helpValue: 'NAME',
      summary: 'name of the API (default: its base path)',
      exclusive: ['config-file'],
    }),
    'config-file': stringFlag({
      char: 'c',
      helpValue: 'FILE',
      summary: 'Swagger 2.0 document in JSON or YAML; - is stdin',
    }),
    'response-type': stringFlag({
      char: 'r',
      default: 'json',
      options: ['html', 'http', 'json', 'text', 'svg'],
      summary: 'what the gateway makes of the result (default json); path parameters need http',
    }),
  };
  static override argumentsNeeded = createNeeds;
  static override examples = [
    '$ rt api create /books /list get books/list --apiname Books\nok: created API /books/list get for action /_/books/list\nhttp://127.0.0.1:3233/gateway/guest/books/list',
    "$ rt api create /books '/{id}' get books/one --response-type http",
    '$ rt api create --config-file books.yaml',
  ];
  static override related = ['api:list', 'api:get', 'api:delete', 'action:update'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(ApiCreate);
    const file = flags['config-file'];
    if (file === undefined) return this.createRoute(newRoute(argv.map(String), flags));
    if (argv.length > 0) {
      throw new UsageError(`Cannot use --config-file together with '${argv.join(' ')}'`, { showUsage: true });
    }
    const stdinTaken = this.session.line.values.get('auth') === '-';
    const swagger = await readSwagger(file, new TextInput(this.environment, stdinTaken));
    const client = await this.connect();
    const api = await createFromDocument(swagger, { client, apis: new ApisClient(client) });
    await this.present(new ApiCreatedPresenter(api));
  }

  private async createRoute(route: NewRoute): Promise<void> {
    const client = await this.connect();
    const deps = { client, actions: new ActionsClient(client), apis: new ApisClient(client) };
    const api = await createRoute(route, deps);
    const { path, verb } = route;
    await this.present(new ApiCreatedPresenter(api, { path, verb, action: formatFullyQualifiedName(route.action) }));
  }
}
