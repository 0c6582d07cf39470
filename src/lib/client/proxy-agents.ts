import type { OptionsInit } from 'got';
import type { Proxy } from '../config/proxy.js';

/** The way through a proxy: agents for got, and what the proxy said to the last CONNECT. */
export interface ProxyWay {
  readonly agent: NonNullable<OptionsInit['agent']>;
  /** The status by which the proxy refused the tunnel; undefined when it was made, or none is needed. */
  refusal(): number | undefined;
}

/**
 * Agents for requests through a proxy: plain http as a request with the absolute URL, https through a tunnel made with CONNECT. `trusted` are
 * certificates to trust for a proxy that itself speaks TLS.
 */
export async function proxyWay(
  proxy: Proxy,
  protocol: string,
  trusted: readonly string[] | undefined,
): Promise<ProxyWay> {
  const options = trusted === undefined ? {} : { ca: [...trusted] };
  if (protocol === 'http:') {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return { agent: { http: new HttpProxyAgent(proxy.url, options) }, refusal: () => undefined };
  }
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const agent = new HttpsProxyAgent(proxy.url, options);
  let status: number | undefined;
  agent.on('proxyConnect', (answer: { readonly statusCode?: number }) => {
    status = answer.statusCode === 200 ? undefined : answer.statusCode;
  });
  // Node asks no more of an agent than what agent-base gives, though its type of https is a class of its own.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return { agent: { https: agent }, refusal: () => status };
}
