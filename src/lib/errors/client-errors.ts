import { exitStatus, exitStatusOfHttp } from './exit-status.js';
import { type ErrorCode, RtError } from './rt-error.js';

interface Detail {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A mistake on the command line: flag, argument, name, file, JSON, value. Exit 2, found before any request. */
export class UsageError extends RtError {
  /** True when the message should be followed by `Run 'rt … --help' for usage.` (C-53). */
  readonly showUsage: boolean;

  constructor(message: string, detail: Detail & { readonly showUsage?: boolean } = {}) {
    super('usage', message, { exitStatus: exitStatus.usage, ...detail });
    this.showUsage = detail.showUsage ?? false;
  }
}

/** Configuration that is missing, contradictory or unreadable. Exit 2. */
export class ConfigError extends RtError {
  constructor(message: string, detail: Detail = {}) {
    super('config', message, { exitStatus: exitStatus.usage, ...detail });
  }
}

/** No usable answer: DNS, refused, reset, TLS, no answer in time. Exit 3. */
export class NetworkError extends RtError {
  constructor(message: string, detail: Detail & { readonly code?: 'network' | 'tls' | 'timeout' } = {}) {
    super(detail.code ?? 'network', message, { exitStatus: exitStatus.network, ...detail });
  }
}

/** The local platform cannot start, does not answer, or cannot provide a runtime. Exit 5. */
export class PlatformError extends RtError {
  constructor(message: string, detail: Detail = {}) {
    super('platform', message, { exitStatus: exitStatus.platform, ...detail });
  }
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  429: 'throttled',
};

/** Where an entity is, or would be. */
export interface EntityPlace {
  readonly collection: 'actions' | 'activations' | 'triggers' | 'rules' | 'packages';
  /** `_` for that of the key. */
  readonly namespace: string;
  /** Empty outside of packages. */
  readonly package: string;
  /** Empty for the whole collection. */
  readonly name: string;
}

/** An error status of the API host; exits with status − 256 (cli.md §8). */
export class HttpError extends RtError {
  /** What the request was about, where it was about one entity. */
  readonly entity: EntityPlace | undefined;

  constructor(
    message: string,
    detail: Detail & {
      readonly status: number;
      readonly transactionId?: string | undefined;
      readonly entity?: EntityPlace | undefined;
    },
  ) {
    super(codeOfStatus[detail.status] ?? 'server_error', message, {
      exitStatus: exitStatusOfHttp(detail.status),
      ...detail,
    });
    this.entity = detail.entity;
  }
}
