import type { Container } from './container.js';

/** What a container is made for. */
export interface ContainerRequest {
  readonly kind: string;
  /** The image of the kind or of a blackbox action. */
  readonly image: string;
  /** MB. */
  readonly memory: number;
  /** Variables of the container itself, such as `__OW_API_HOST` and `__OW_ALLOW_CONCURRENT`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Speaking part of its name: `prewarm/nodejs20` or `guest/hello`. */
  readonly purpose: string;
}

/** Why a container could not be created. `developer` failures are the user's (image, command), the others the platform's. */
export class ContainerCreationError extends Error {
  constructor(
    readonly fault: 'developer' | 'platform',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ContainerCreationError';
  }
}

/** Whether a kind can run with this driver here, and what to install when not. */
export type KindAvailability =
  { readonly available: true; readonly detail: string } | { readonly available: false; readonly missing: string };

/** How containers come to be; one implementation per driver, addable without touching the invoker. */
export interface ContainerFactory {
  /** `process`, `docker`, … */
  readonly driver: string;
  /** Starts a container; rejects with ContainerCreationError. */
  create(request: ContainerRequest): Promise<Container>;
  availability(kind: string): Promise<KindAvailability>;
  /** Ends every container that this factory made, and what a crash left behind. */
  dispose(): Promise<void>;
}
