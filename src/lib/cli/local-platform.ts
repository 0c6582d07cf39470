/** What a client has to know of the local platform. */
export interface LocalState {
  /** Path of the control socket. */
  readonly socket: string;
  /** `http://127.0.0.1:3233`. */
  readonly url: string;
  /** `UUID:KEY` of the default subject. */
  readonly auth: string;
}

/** A platform that answers, and what the user should be told about it. */
export interface StartedPlatform {
  readonly state: LocalState;
  readonly notes: readonly string[];
}

/** The local platform as the client sees it. */
export interface LocalPlatform {
  /** What the state file says; undefined when no platform runs. The process behind it may be gone. */
  read(): Promise<LocalState | undefined>;
  /** The state of a platform that answers; starts one when none does. Rejects with PlatformError. */
  ensure(): Promise<StartedPlatform>;
}
