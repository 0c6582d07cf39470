/** One activation as the store keeps it: the finished JSON texts beside the columns that lists filter by. */
export interface ActivationEntry {
  /** 32 lower-case hexadecimal digits. */
  readonly activationId: string;
  readonly namespace: string;
  /** Simple name of the action or trigger. */
  readonly name: string;
  /** Package (of the binding, when it was invoked through one) or `''`: the other half of the `name` filter. */
  readonly package: string;
  /** Epoch milliseconds. */
  readonly start: number;
  /** The whole record as JSON text, stored and answered as it is. */
  readonly record: string;
  /** The list summary as JSON text (openwhisk-api.md §10.4). */
  readonly summary: string;
}

/** An activation that was accepted with 202 but has not ended: invisible to readers until `put` replaces it. */
export interface OpenActivation extends Omit<ActivationEntry, 'record' | 'summary'> {
  /**
   * What is needed to close the record after a crash, as JSON text: a record that may lack its id, times and response. For most activations of an
   * action it is the same string, so that it is stored once (P-28).
   */
  readonly template: string;
}

/** Which activations a list or a count is about; bounds are inclusive epoch milliseconds. */
export interface ActivationQuery {
  readonly namespace: string;
  readonly name?: string;
  /** Only together with `name`; `''` means the default package. */
  readonly package?: string;
  readonly since?: number;
  readonly upto?: number;
}

/** Activation records. What arrives in one turn of the event loop is written together. "Committed" is what the death of the process leaves. */
export interface ActivationStore {
  /** Resolves once committed (RS-103). Replaces an open activation of the same id. */
  put(entry: ActivationEntry): Promise<void>;
  /** Resolves once committed (RS-102). Does nothing when the record of that id was put already: an end is never undone. */
  accept(activation: OpenActivation): Promise<void>;
  /** The record as JSON text. */
  get(namespace: string, activationId: string): Promise<string | undefined>;
  /** Summaries, or whole records with `docs`, as JSON texts, newest `start` first. */
  list(
    query: ActivationQuery & { readonly limit: number; readonly skip: number; readonly docs: boolean },
  ): Promise<string[]>;
  count(query: ActivationQuery): Promise<number>;
  /** Activations left open by a platform that died (RS-104). */
  open(): Promise<OpenActivation[]>;
  /** Resolves when everything handed over so far is committed. */
  flush(): Promise<void>;
}
