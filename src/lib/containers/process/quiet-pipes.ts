import type { OutputView } from '../stream-collector.js';

/**
 * Waits until one whole turn of the event loop brings no output. The answer was readable, and a runtime writes its output before its
 * answer, so all of it already lies in the private pipes: no sentinel is needed (RS-507).
 */
export async function quietPipes(output: Pick<OutputView, 'arrivals'>): Promise<boolean> {
  for (let before = -1; before !== output.arrivals;) {
    before = output.arrivals;
    await turn();
    await turn();
  }
  return true;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
