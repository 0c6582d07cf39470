import { text } from 'node:stream/consumers';
import { httpExchanges, type HttpTarget } from './http-exchange.js';
import { runLoad, type LoadPlan } from './run-load.js';

/** What the load process is asked to do: the JSON that it reads. */
export interface LoadOrder {
  readonly plan: LoadPlan;
  readonly target: HttpTarget;
}

/** The load process: it shares nothing with the servers that it measures. Prints a LoadResult as JSON. */
async function obey({ plan, target }: LoadOrder): Promise<void> {
  console.log(JSON.stringify(await runLoad(httpExchanges(target), plan)));
}

await obey(JSON.parse(await text(process.stdin)) as LoadOrder);
