import { InfoPresenter } from '../lib/cli/presenters/platform-facts.js';
import { RtCommand } from '../lib/cli/rt-command.js';
import { versionText } from '../lib/cli/version-text.js';
import { InfoClient } from '../lib/client/info-client.js';

export default class Info extends RtCommand {
  static override summary = 'Show versions, and the limits of the platform';
  static override description =
    'Names the version of rt, the API host with the source of its name, the build of the platform, the namespace of the key, and the limits.';
  static override examples = [
    '$ rt info\nrt:                   rt/0.1.0 linux-x64 node-v20.20.2\nAPI host:             http://127.0.0.1:3233  (the local platform)\n…',
    '$ rt info --apihost openwhisk.example.org --auth UUID:KEY',
    '$ rt info --json',
  ];
  static override related = ['doctor', 'kind:list', 'version'];

  async run(): Promise<void> {
    await this.parse(Info);
    const client = await this.connect();
    const info = new InfoClient(client);
    const facts = await info.platform();
    const namespace = await info.namespace();
    const { value: apihost, source } = client.connection.apihost;
    const version = versionText(this.session.program, this.environment);
    await this.present(new InfoPresenter({ version, apihost, source, namespace, facts }));
  }
}
