/** Name and value of a header line. */
export type HeaderLine = readonly [name: string, value: string];

/** Longest list of header names that is echoed, in characters (RS-207). */
const maxEchoed = 4096;

const defaultAllowedHeaders = 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent';

/**
 * The CORS headers of every response of a web action that does not answer `OPTIONS` itself (openwhisk-api.md §17.9).
 * `requested` is the header `Access-Control-Request-Headers`; what is no list of header names is not echoed.
 */
export function webCorsHeaders(requested: string | undefined): HeaderLine[] {
  const allowed = requested !== undefined && isHeaderList(requested) ? requested : defaultAllowedHeaders;
  return [
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Allow-Methods', 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH'],
    ['Access-Control-Allow-Headers', allowed],
  ];
}

function isHeaderList(text: string): boolean {
  return text.length <= maxEchoed && text.split(',').every((name) => /^ *[!#$%&'*+.^_`|~\w-]+ *$/.test(name));
}
