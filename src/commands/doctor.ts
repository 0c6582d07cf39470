import { connectionChecks } from '../lib/cli/doctor/connection-checks.js';
import { dockerCheck, platformChecks, versionChecks } from '../lib/cli/doctor/machine-checks.js';
import { PresentedFailure } from '../lib/cli/presented-failure.js';
import { DoctorReport } from '../lib/cli/presenters/doctor-report.js';
import { RtCommand } from '../lib/cli/rt-command.js';
import { targetsLocal } from '../lib/cli/targets-local.js';
import { exitStatus } from '../lib/errors/exit-status.js';
import { reportPlatform } from '../lib/platform/launcher/report-platform.js';
import { platformPaths } from '../lib/platform/platform-paths.js';

export default class Doctor extends RtCommand {
  static override summary = 'Check what rt needs, and the connection';
  static override description =
    'Looks at versions, Docker, the local platform and its port, the configuration with its sources, and whether the host answers, takes ' +
    'the key and has the same time. Starts and changes nothing. Exits with 1 when a check fails.';
  static override examples = [
    '$ rt doctor\nok    rt         rt/0.1.0 linux-x64 node-v20.20.2\nok    node       v20.20.2\n…',
    '$ rt doctor --apihost openwhisk.example.org --auth UUID:KEY',
    '$ rt doctor --json\n{"ok":true,"checks":[{"check":"rt","state":"ok","message":"rt/0.1.0 linux-x64 node-v20.20.2"},…]}',
  ];
  static override related = ['info', 'platform:status', 'property:get'];

  async run(): Promise<void> {
    await this.parse(Doctor);
    const { environment, session } = this;
    const { env, clock } = environment;
    const platform = await reportPlatform({ paths: platformPaths(environment), clock, wait: 0 });
    const idle = (await targetsLocal(session)) && platform.health !== 'running';
    const connect = (): ReturnType<Doctor['connect']> => this.connect({ autostart: false });
    const report = new DoctorReport([
      ...versionChecks(session.program, environment),
      await dockerCheck(env),
      ...(await platformChecks(platform, env)),
      ...(await connectionChecks({ connect, clock, idle })),
    ]);
    await this.present(report);
    if (report.failed) throw new PresentedFailure('platform', exitStatus.failed);
  }
}
