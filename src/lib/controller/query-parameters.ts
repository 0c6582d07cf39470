import { parse } from 'node:querystring';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';

/** Which part of a list is asked for. */
export interface ListRange {
  readonly limit: number;
  readonly skip: number;
}

const words = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

const defaultLimit = 30;
const maxLimit = 200;

/** The query of a request (openwhisk-api.md §2.3): an empty value counts as absent, of repeated ones the first holds. */
export class QueryParameters {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** The query of a request target. */
  static of(url: string): QueryParameters {
    const start = url.search(/[?#]/);
    return new QueryParameters(start === -1 ? {} : parse(url.slice(start + 1), '&', '=', decoding));
  }

  text(name: string): string | undefined {
    const given = this.values[name];
    const value: unknown = Array.isArray(given) ? given[0] : given;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** `absent` when it is not given; throws a 400 for what is not a Boolean. */
  boolean(name: string, absent: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) return absent;
    const value = words.get(text.toLowerCase());
    if (value === undefined) throw malformed(name, messages.notBoolean(text));
    return value;
  }

  /** `limit` and `skip` with the bounds and texts of openwhisk-api.md §6.5. */
  range(collection: string): ListRange {
    const limit = this.integer('limit', collection);
    if (limit !== undefined && (limit.value < 0 || limit.value > maxLimit)) {
      throw malformed('limit', messages.limitRange(limit.text, collection));
    }
    const skip = this.integer('skip', collection);
    if (skip !== undefined && skip.value < 0) throw malformed('skip', messages.skipRange(skip.text, collection));
    const asked = limit?.value ?? defaultLimit;
    return { limit: asked === 0 ? maxLimit : asked, skip: Math.min(skip?.value ?? 0, Number.MAX_SAFE_INTEGER) };
  }

  private integer(name: string, collection: string): { readonly text: string; readonly value: number } | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^[-+]?\d+$/.test(text)) throw malformed(name, messages.notInteger(text, collection));
    return { text, value: Number(text) };
  }
}

/** All parameters, with what is no percent-encoded UTF-8 as it was sent. */
const decoding = {
  maxKeys: 0,
  decodeURIComponent: (text: string): string => {
    if (!text.includes('%')) return text;
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  },
};

/** The 400 about one query parameter. */
export function malformed(name: string, detail: string): Rejection {
  return new Rejection(400, messages.queryParameter(name, detail));
}
