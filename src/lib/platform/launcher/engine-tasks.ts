import { PlatformError } from '../../errors/client-errors.js';
import { type LauncherDeps, PlatformLauncher } from './launcher.js';
import type { LaunchAnswer, LaunchRequest, PruneReport, PullReport, PullRequest } from './start-messages.js';

/** Gets or makes images of kinds, by the platform program. Rejects with PlatformError when no container engine answers. */
export async function pullKinds(
  deps: LauncherDeps,
  order: Pick<PullRequest, 'kinds' | 'build' | 'base' | 'foreground'>,
): Promise<PullReport> {
  const answer = await runTask(deps, { task: 'pull', paths: deps.paths, ...order });
  if (answer.type === 'pulled') return { done: answer.done, failed: answer.failed };
  throw unexpected(answer);
}

/** Removes containers of platforms that run no more. Rejects with PlatformError. */
export async function pruneContainers(deps: LauncherDeps): Promise<PruneReport> {
  const answer = await runTask(deps, { task: 'prune', paths: deps.paths });
  if (answer.type !== 'pruned') throw unexpected(answer);
  const { engine, containers } = answer;
  return { containers, ...(engine === undefined ? {} : { engine }) };
}

function runTask(deps: LauncherDeps, request: LaunchRequest): Promise<LaunchAnswer> {
  return new PlatformLauncher(deps).run(request);
}

function unexpected({ type }: LaunchAnswer): PlatformError {
  return new PlatformError(`the platform program answered with '${type}'`);
}
