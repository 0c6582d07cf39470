/** An API of the gateway as it is stored. */
export interface StoredApi {
  /** Any text; unique within its namespace. */
  readonly basePath: string;
  /** The Swagger document as JSON text. */
  readonly document: string;
}

/** The APIs of the gateway (openwhisk-api.md §18). Each belongs to the namespace that made it; no query crosses namespaces (RS-210). */
export interface ApiStore {
  /** All APIs of a namespace in the order of their base paths. */
  list(namespace: string): Promise<StoredApi[]>;
  /**
   * Reads, changes and writes one API as one transaction, so that no update gets lost. `change` gets the document,
   * undefined when there is none, and gives the new one, undefined to remove it. What it throws is thrown, and then
   * nothing has changed.
   */
  update(
    namespace: string,
    basePath: string,
    change: (document: string | undefined) => string | undefined,
  ): Promise<void>;
}
