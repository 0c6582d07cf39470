import { chmod, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionLoopProxy } from './action-loop-proxy.js';
import { layOutSource } from './action-source.js';
import { ArchiveError } from './archive/archive-error.js';
import { BuildError } from './build/build-error.js';
import type { InitRequest } from './init-request.js';
import type { Build, LoopLanguage } from './languages/language.js';
import { launchProcess, type RuntimeStart, requireLauncher } from './launch.js';
import { LoadFailure, loadTexts } from './load-failure.js';
import type { LoadedLoop, LoopHost } from './loop-host.js';
import { isProgram } from './program-file.js';
import type { RuntimeProcess } from './runtime-process.js';

/** Starts the proxy of a container whose actions speak the action loop. */
export async function startLoop(language: LoopLanguage, start: RuntimeStart): Promise<ActionLoopProxy> {
  const host = new LanguageHost(language, start);
  const { clock, onViolation, collector } = start;
  return new ActionLoopProxy({
    ...{ clock, onViolation, host },
    stemCell: await host.prestart(),
    note: (stream, text) => {
      collector.note(stream, text);
    },
  });
}

/** The one host of all languages: lays the source out, builds it if the language builds, and starts it (action-interface.md §4.2). */
class LanguageHost implements LoopHost {
  private uploads = 0;

  constructor(
    private readonly language: LoopLanguage,
    private readonly start: RuntimeStart,
  ) {}

  get initErrors(): 'logged' | 'returned' {
    return this.language.initErrors;
  }

  async prestart(): Promise<RuntimeProcess | undefined> {
    const { host } = this.language;
    return host.type === 'launcher' && host.prestart ? this.startLauncher() : undefined;
  }

  async load(request: InitRequest, stemCell: RuntimeProcess | undefined): Promise<LoadedLoop> {
    this.uploads += 1;
    const folder = join(this.start.box, `action-${String(this.uploads)}`);
    try {
      await layOutSource(request, this.language.source, folder);
      await this.build(request, folder);
      return await this.begin(request, folder, stemCell);
    } catch (error) {
      if (error instanceof ArchiveError) throw new LoadFailure(error.message, error.message);
      if (error instanceof BuildError) throw loadTexts.refused(this.initErrors, error.message);
      throw error;
    }
  }

  private async begin(
    { main, environment }: InitRequest,
    folder: string,
    stemCell: RuntimeProcess | undefined,
  ): Promise<LoadedLoop> {
    if (this.language.host.type === 'program') return this.startProgram(environment, folder);
    const process = stemCell ?? (await this.startLauncher());
    return { process, greeting: JSON.stringify({ main, folder, env: environment }), acknowledges: true };
  }

  private async startLauncher(): Promise<RuntimeProcess> {
    const { host } = this.language;
    if (host.type !== 'launcher') throw new Error(`${this.language.family} has no launcher`);
    const { interpreter, launchers, memory, modules, box } = this.start;
    const launcher = requireLauncher(join(launchers, host.launcher));
    const prepared = host.prepare === undefined ? '' : await this.order(host.prepare, [], undefined);
    const args = host.args({ memory, interpreter, launcher, prepared, modules });
    const { environment, overhead } = host;
    const launch = { program: interpreter.program, args, cwd: box, environment };
    return launchProcess(this.start, overhead === undefined ? launch : { ...launch, overhead });
  }

  /** A program of the user gets the variables that the official proxy gives (action-interface.md §1.3). */
  private async startProgram(environment: Readonly<Record<string, string>>, folder: string): Promise<LoadedLoop> {
    const program = join(folder, 'exec');
    // An archive that was packed without modes still has its program (RS-221 keeps others out).
    if (await isProgram(program)) await chmod(program, 0o700);
    else throw loadTexts.exited(this.initErrors);
    const { container } = this.start;
    await checkExecutionEnvironment(folder, container.OW_EXECUTION_ENV ?? '', this.initErrors);
    const wish = this.language.host.type === 'program' ? this.language.host.acknowledges : false;
    const acknowledges = wish === 'by environment' ? (container.OW_WAIT_FOR_ACK ?? '') !== '' : wish;
    const process = await launchProcess(this.start, {
      ...{ program, args: [], cwd: folder, requestsOnStdin: true },
      environment: { ...(acknowledges ? { __OW_WAIT_FOR_ACK: '1' } : {}), ...environment },
    }).catch(() => {
      throw loadTexts.exited(this.initErrors);
    });
    return { process, acknowledges };
  }

  private async build(request: InitRequest, folder: string): Promise<void> {
    const { build } = this.language;
    if (build === undefined || (build.needed !== undefined && !(await build.needed(folder)))) return;
    const result = await this.order(build, [request.main, request.code], request);
    await cp(result, folder, { recursive: true });
  }

  /** The folder with the result of a build, made now or earlier. `request` is undefined for what all actions share. */
  private async order(build: Build, key: (string | Buffer)[], request: InitRequest | undefined): Promise<string> {
    const { builds, interpreter, launchers, tools } = this.start;
    const { family, source: layout } = this.language;
    const shared = await builds.shared(family);
    return builds.get({
      family,
      key: [...(await build.key(interpreter, launchers)), ...key],
      exclusive: build.exclusive ?? false,
      build: async (result, work) => {
        const source = join(work, 'src');
        if (request !== undefined) await layOutSource(request, layout, source);
        const main = request?.main ?? '';
        await build.run({ request: { main }, interpreter, source, result, shared, launchers, tools });
      },
    });
  }
}

async function checkExecutionEnvironment(folder: string, wanted: string, style: 'logged' | 'returned'): Promise<void> {
  if (wanted === '') return;
  const found = await readFile(join(folder, 'exec.env'), 'utf8').catch(() => {
    throw loadTexts.badStart(style, 'open exec.env: no such file or directory');
  });
  if (found.trim() === wanted.trim()) return;
  throw loadTexts.badStart(style, 'Execution environment version mismatch. See logs for details.');
}
