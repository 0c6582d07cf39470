import { PlatformError } from '../../errors/client-errors.js';
import { inspectPlatform } from './inspect-platform.js';
import { type LauncherDeps, PlatformLauncher } from './launcher.js';
import { stopPlatform } from './stop-platform.js';

/** What to take away. */
export interface PlatformReset {
  /** Absolute path; absent: that of the running platform, else the usual one. */
  readonly dataDir?: string;
  readonly keep?: 'activations' | 'entities';
  readonly purge: boolean;
  /** Milliseconds that running activations get. */
  readonly timeout: number;
}

/** What was taken away, and from where. */
export interface ResetReport {
  readonly folder: string;
  readonly moved: readonly string[];
  /** The newest last. */
  readonly backups: readonly string[];
  /** Whether a running platform was stopped for it. */
  readonly stopped: boolean;
}

/** Stops the platform and takes its store away (RS-124). Rejects with PlatformError. */
export async function resetPlatform(deps: LauncherDeps, reset: PlatformReset): Promise<ResetReport> {
  const found = await inspectPlatform(deps.paths);
  const running = found.kind === 'running' ? found.state.dataDir : undefined;
  const dataDir = reset.dataDir ?? running ?? deps.paths.data;
  const { stopped } = await stopPlatform(deps, { force: false, timeout: reset.timeout });
  const { keep, purge } = reset;
  const request = {
    task: 'reset',
    paths: deps.paths,
    dataDir,
    purge,
    ...(keep === undefined ? {} : { keep }),
  } as const;
  const answer = await new PlatformLauncher(deps).run(request);
  if (answer.type !== 'reset') {
    throw new PlatformError('another process is starting the local platform', { hint: 'try again' });
  }
  return { folder: dataDir, moved: answer.moved, backups: answer.backups, stopped };
}
