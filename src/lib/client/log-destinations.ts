/** A setting of a destination. */
export interface DestinationSetting {
  /** As the API names it: `hec_token`. */
  readonly key: string;
  /** Must not appear on a screen or in a list of processes. */
  readonly secret?: true;
}

/** Where logs can be forwarded to, by the API's names, and what each needs (openwhisk-api.md §19.5). */
export const logDestinations = {
  adobe_io_runtime: [],
  azure_log_analytics: [{ key: 'customer_id' }, { key: 'shared_key', secret: true }, { key: 'log_type' }],
  splunk_hec: [{ key: 'host' }, { key: 'port' }, { key: 'index' }, { key: 'hec_token', secret: true }],
  new_relic: [{ key: 'base_uri' }, { key: 'license_key', secret: true }],
} as const satisfies Readonly<Record<string, readonly DestinationSetting[]>>;

/** Name of a destination. */
export type LogDestination = keyof typeof logDestinations;
