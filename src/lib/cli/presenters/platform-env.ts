import type { LocalState } from '../local-platform.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

export const shells = ['bash', 'fish', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

/** No value has a quote in it: they are URLs, keys and names of namespaces. */
const assignments: Readonly<Record<Shell, (name: string, value: string) => string>> = {
  bash: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  powershell: (name, value) => `$Env:${name} = '${value}'`,
  cmd: (name, value) => `set ${name}=${value}`,
};

/** Variables by which wsk, aio and OpenWhisk's client libraries find the local platform (cli.md §14.1). */
export class PlatformEnv implements Presenter {
  constructor(
    private readonly state: LocalState,
    private readonly shell: Shell,
  ) {}

  text(terminal: Terminal): void {
    for (const [name, value] of this.variables()) terminal.answer(assignments[this.shell](name, value));
  }

  json(): object {
    return Object.fromEntries(this.variables());
  }

  private variables(): [string, string][] {
    const { url, auth } = this.state;
    return [
      ['WHISK_APIHOST', url],
      ['WHISK_AUTH', auth],
      ['__OW_API_HOST', url],
      ['__OW_API_KEY', auth],
    ];
  }
}
