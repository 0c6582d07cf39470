import type { RuntimeCommand } from '../runtime-process.js';
import { limitedCommand, limitsWork } from './kernel-limits.js';
import { namespaceCommand, namespacesWork } from './namespaces.js';
import type { Prisoner, SandboxDeps, SandboxMode } from './sandbox-options.js';

/** Wraps the commands of runtimes in what this machine offers (reliability-and-security.md §1.4, §2.5). Nothing is claimed that was not tried. */
export class Sandbox {
  private trial: Promise<SandboxMode> | undefined;

  constructor(private readonly deps: SandboxDeps) {}

  /** What really holds here: the wanted mode, or less (RS-513). Tried once. */
  isolation(): Promise<SandboxMode> {
    this.trial ??= this.tryOut();
    return this.trial;
  }

  /** The command that starts `command` inside. */
  async wrap(command: RuntimeCommand, prisoner: Prisoner): Promise<RuntimeCommand> {
    const { mode } = this.deps;
    if (mode === 'none') return command;
    const limited = limitedCommand(command, prisoner);
    // Limits need no trial: each of them that the system refuses is left out.
    if (mode === 'limits' || (await this.isolation()) !== 'namespaces') return limited;
    return namespaceCommand(limited, { ...this.deps, box: prisoner.box, program: command.program });
  }

  private async tryOut(): Promise<SandboxMode> {
    const { mode, path, onFallback } = this.deps;
    if (mode === 'none') return 'none';
    const limits = (await limitsWork()) ? 'limits' : 'none';
    if (limits === 'none') onFallback('limits of processes do not work on this system');
    if (mode === 'limits') return limits;
    const problem = await namespacesWork(path);
    if (problem === undefined) return 'namespaces';
    onFallback(`namespaces do not work here: ${problem}`);
    return limits;
  }
}
