import type { PlatformFacts } from '../../client/info-client.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { sizeText } from './platform-sizes.js';

/** What `rt info` shows. */
export interface InfoView {
  /** The line of `rt --version`. */
  readonly version: string;
  readonly apihost: string;
  /** Where the API host comes from. */
  readonly source: string;
  readonly namespace: string;
  readonly facts: PlatformFacts;
}

/** Versions and limits of rt and of the platform (§14.6). */
export class InfoPresenter implements Presenter {
  constructor(private readonly view: InfoView) {}

  text(terminal: Terminal): void {
    const { version, apihost, source, namespace, facts } = this.view;
    const rows: readonly (readonly [string, string])[] = [
      ['rt', version],
      ['API host', `${apihost}  (${source})`],
      ['platform', `${facts.description}, build ${facts.build} (${facts.buildNumber})`],
      ['namespace', namespace],
      ['kinds', String(facts.kinds)],
    ];
    const limits = Object.entries(facts.limits)
      .filter(([name]) => !name.startsWith('default_'))
      .map(([name, value]): [string, string] => [name.replaceAll('_', ' '), limitText(name, value)]);
    const width = Math.max(...[...rows, ...limits].map(([name]) => name.length)) + 3;
    for (const [name, value] of [...rows, ...limits]) terminal.answer(`${`${name}:`.padEnd(width)}${value}`);
  }

  json(): object {
    const { version, apihost, source, namespace, facts } = this.view;
    return { version, apihost, source, namespace, platform: facts };
  }
}

/** Durations are milliseconds, memory and log sizes bytes. */
function limitText(name: string, value: number): string {
  if (name.endsWith('_duration')) return value % 1000 === 0 ? `${String(value / 1000)} s` : `${String(value)} ms`;
  return /_(?:memory|logs)$/.test(name) ? sizeText(value) : String(value);
}
