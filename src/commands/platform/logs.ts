import { boolean, string } from '@oclif/core/flags';
import { invalidValue, parseMoment, wholeFlag } from '../../lib/cli/flags/units.js';
import { platformLogLine } from '../../lib/cli/presenters/platform-log-line.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { followLog, readLog } from '../../lib/platform/launcher/log-reader.js';
import { platformPaths } from '../../lib/platform/platform-paths.js';

export default class PlatformLogs extends RtCommand {
  static override summary = 'Show the log of the local platform';
  static override description =
    'This is what the platform itself has to say; the logs of actions are with their activations.';
  static override flags = {
    follow: boolean({ char: 'f', default: false, summary: 'go on with lines as they are written' }),
    tail: wholeFlag({ char: 'n', summary: 'only the last so many lines' }),
    since: string({ helpValue: 'TIME', summary: 'only lines since then: epoch ms, ISO 8601, or a duration ago' }),
    component: string({ helpValue: 'NAME', summary: 'only lines of one part: platform, controller, invoker, …' }),
  };
  static override examples = [
    '$ rt platform logs --tail 1\n2026-01-01T10:00:00.000Z info platform ready at http://127.0.0.1:3233',
    '$ rt platform logs --follow --component invoker',
    '$ rt platform logs --since 5m --json',
  ];
  static override related = ['activation:logs', 'platform:status'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformLogs);
    const { log } = platformPaths(this.environment);
    const since = this.sinceOf(flags.since);
    const query = {
      ...(flags.tail === undefined ? {} : { tail: flags.tail }),
      ...(since === undefined ? {} : { since }),
      ...(flags.component === undefined ? {} : { component: flags.component }),
    };
    const form = this.output.format === 'json' ? 'json' : 'text';
    for (const line of readLog(log, query)) this.terminal.answer(platformLogLine(line, form));
    if (!flags.follow) return;
    for await (const line of followLog(log, query, this.signal)) this.terminal.answer(platformLogLine(line, form));
  }

  private sinceOf(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const moment = parseMoment(text, this.environment.clock.now());
    if (moment === undefined) throw invalidValue(text, 'since', 'epoch milliseconds, a date, or a duration such as 5m');
    return moment;
  }
}
