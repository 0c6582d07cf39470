/** A configured value and where it came from, in words for hints (C-17): `--apihost`, `WHISK_APIHOST`, `~/.wskprops`, `default`. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

/** Everything needed to reach a host, each value with its source (C-15). */
export interface Connection {
  /** Whether it is the local platform, reached through its socket. */
  readonly local: boolean;
  /** Normalised URL without trailing slash, `https://host[:port]`. */
  readonly apihost: Sourced<string>;
  /** `UUID:KEY`. */
  readonly auth: Sourced<string>;
  /** Namespace of requests, `_` for that of the key (C-10). */
  readonly namespace: Sourced<string>;
  readonly apiversion: Sourced<string>;
  readonly insecure: Sourced<boolean>;
  /** Path of a PEM file with additional authorities. */
  readonly cacert?: Sourced<string>;
  /** Path of the client certificate; `key` is set too. */
  readonly cert?: Sourced<string>;
  readonly key?: Sourced<string>;
  /** Milliseconds for a whole request; absent means 60 s, and 90 s for a blocking invocation. */
  readonly timeout?: Sourced<number>;
  /** Further attempts for reads. */
  readonly retries: Sourced<number>;
  /** Access token of the API gateway; absent means the one that every gateway without its own accounts takes. */
  readonly gatewayToken?: Sourced<string>;
  /** Tenant of the API gateway; absent means the first half of the key. */
  readonly gatewayTenant?: Sourced<string>;
}
