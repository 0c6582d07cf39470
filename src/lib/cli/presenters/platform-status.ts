import type { PlatformStatus } from '../../platform/control-client-documents.js';
import type { LimitsDocument } from '../../entity/namespace-limits.js';
import type { PlatformReport } from '../../platform/launcher/report-platform.js';
import { isolationNote } from '../isolation-note.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { ageText, sizeText } from './platform-sizes.js';

/** How the local platform is (cli.md §14.1). */
export class PlatformStatusPresenter implements Presenter {
  constructor(private readonly report: PlatformReport) {}

  text(terminal: Terminal): void {
    const { report } = this;
    if (report.health !== 'running') {
      const pid = report.pid === undefined ? '' : ` (pid ${String(report.pid)})`;
      const left = report.pid === undefined ? '' : `; the one with pid ${String(report.pid)} did not stop in order`;
      terminal.answer(
        report.health === 'stopped' ? `local platform: not running${left}` : `local platform: does not answer${pid}`,
      );
      return;
    }
    terminal.answer(`local platform: ${report.status.ready ? 'running' : 'stopping'}`);
    for (const [name, value] of this.rows()) terminal.answer(`${`${name}:`.padEnd(12)}${value}`);
    if (report.status.driver === 'process') terminal.answer(`note: ${isolationNote(report.status)}`);
  }

  json(): object {
    const { report } = this;
    if (report.health === 'running') return { running: true, healthy: report.status.ready, ...report.status };
    const pid = report.pid === undefined ? {} : { pid: report.pid };
    return { running: report.health === 'silent', healthy: false, ...pid };
  }

  private rows(): [string, string][] {
    const { report } = this;
    if (report.health !== 'running') return [];
    const { url, pid, driver, isolation, engine, uptime, store, runtimes, memory, version, inFlight, limits } =
      report.status;
    return [
      ['url', url],
      ['pid', String(pid)],
      ['version', version],
      ['driver', `${driver} (isolation: ${isolation})`],
      ...engineRows(engine),
      ['uptime', ageText(uptime)],
      [
        'store',
        `${store.folder ?? 'memory'} (entities ${sizeText(store.entities)}, activations ${sizeText(store.activations)})`,
      ],
      [
        'runtimes',
        `${String(runtimes.busy)} busy, ${String(runtimes.idle)} idle, ${counted(runtimes.stemCells, 'stem cell')}`,
      ],
      ['in flight', counted(inFlight, 'activation')],
      [
        'memory',
        `${sizeText(memory.platform)} platform, ${String(memory.runtimes)} of ${String(memory.pool)} MB for runtimes`,
      ],
      ...(limits === undefined ? [] : [limitsRow(limits)]),
    ];
  }
}

/** Where the container engine is; `docker: not answering` is how RS-132 wants it said. */
function engineRows(engine: PlatformStatus['engine']): [string, string][] {
  if (engine === undefined) return [];
  return [['docker', engine.answering ? engine.address : `not answering (${engine.address} ${engine.fault ?? ''})`]];
}

/** Whose limits the operator set; what they are is in the JSON document and in the answers of the API. */
function limitsRow({ default: general = {}, namespaces = {} }: LimitsDocument): [string, string] {
  const everywhere = Object.keys(general).length > 0 ? ['all namespaces'] : [];
  return ['limits', [...everywhere, ...Object.keys(namespaces)].join(', ') || 'none set'];
}

/** `1 stem cell`, `2 stem cells`. */
function counted(amount: number, thing: string): string {
  return `${String(amount)} ${thing}${amount === 1 ? '' : 's'}`;
}
