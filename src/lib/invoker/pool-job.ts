import type { ContainerRequest } from '../containers/container-factory.js';
import type { Container } from '../containers/container.js';
import type { Company } from './container-company.js';
import type { ActivationOutcome } from './result-mapping.js';

/** Which action a container belongs to once it is initialized. */
export interface ContainerBinding {
  /** Containers are reused for jobs with the same key only (action-interface.md §5.2 "Ours"). */
  readonly key: string;
  /** Invoking namespace and action without revision: containers of older revisions are retired (RS-162). */
  readonly owner: string;
  readonly revision: number;
  /** `ns/[pkg/]name`, for people. */
  readonly action: string;
}

/**
 * `reusable`: the job is done and the container may take the next one. `spent`: done, but the container has to go.
 * `move`: nothing was run; the container has to go and the job needs another one.
 */
export type RunVerdict = 'reusable' | 'spent' | 'move';

/** As RunVerdict; a failed initialization ends the job, and with it all others that wait for the same container (§5.5). */
export type InitVerdict = 'ready' | 'move' | { readonly failed: ActivationOutcome };

/** One activation as the container pool sees it. None of its methods throws. */
export interface PoolJob {
  readonly binding: ContainerBinding;
  readonly request: ContainerRequest;
  /** Activations that its container may run at a time. */
  readonly slots: number;
  /** Bytes of arguments that it holds while it waits. */
  readonly bytes: number;
  /** Initializes a container for the action of the job. */
  initialize(container: Container): Promise<InitVerdict>;
  /** Runs in an initialized container; resolves when its logs are collected. */
  run(container: Container, company: Company): Promise<RunVerdict>;
  /** Ends the job without a run of its own. */
  end(outcome: ActivationOutcome): void;
  /** Ends the job because the platform stops before it was started (RS-145). */
  abandon(): void;
}
