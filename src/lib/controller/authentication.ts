import { timingSafeEqual } from 'node:crypto';
import type { SubjectStore } from '../database/subject-store.js';
import type { AtOnce } from '../entity/at-once.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';

/** Far more than a platform has keys; only so that the cache cannot grow. */
const maxCached = 1000;

const keyLength = 64;

const challenge = { 'WWW-Authenticate': 'Basic realm="OpenWhisk secure realm",charset=UTF-8' };

/** Finds out who makes a request (openwhisk-api.md §4.1). Keys are changed through it, so that its cache stays right. */
export class Authenticator {
  /**
   * By header. A map compares texts only after their hashes, which are seeded for each process, so that looking up tells nothing about how
   * much of a header is right; a digest of each would be a hundredth of an invocation (P-23).
   */
  private readonly known = new Map<string, Identity>();

  constructor(private readonly deps: { readonly subjects: SubjectStore }) {}

  /** The identity of an `Authorization` header; a 401 when it is absent or wrong. */
  authenticate(header: string | undefined): AtOnce<Identity> {
    if (header === undefined) throw new Rejection(401, messages.authenticationMissing, { headers: challenge });
    return this.known.get(header) ?? this.remember(header);
  }

  /** Adds an identity or replaces the key of its namespace; the old key is refused from then on. */
  async replace(identity: Identity): Promise<void> {
    await this.deps.subjects.put(identity);
    this.known.clear();
  }

  private async remember(header: string): Promise<Identity> {
    const identity = await this.lookUp(header);
    if (this.known.size >= maxCached) this.known.clear();
    this.known.set(header, identity);
    return identity;
  }

  private async lookUp(header: string): Promise<Identity> {
    const credentials = parseBasic(header);
    const identity = credentials === undefined ? undefined : await this.deps.subjects.find(credentials.uuid);
    if (credentials === undefined || identity === undefined || !isSameKey(identity.key, credentials.key)) {
      throw new Rejection(401, messages.authenticationInvalid, { headers: challenge });
    }
    return identity;
  }
}

function parseBasic(header: string): { readonly uuid: string; readonly key: string } | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { uuid: text.slice(0, colon), key: text.slice(colon + 1) };
}

function isSameKey(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return right.length === keyLength && left.length === right.length && timingSafeEqual(left, right);
}
