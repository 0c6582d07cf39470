/** Who makes a request: a subject, the one namespace its key opens, and the key itself (openwhisk-api.md §4.1). */
export interface Identity {
  readonly subject: string;
  readonly namespace: string;
  /** User part of the credential, 36 characters. */
  readonly uuid: string;
  /** Password part of the credential, 64 characters. */
  readonly key: string;
}
