/** Milliseconds until a host must have answered. */
const timeout = 10_000;

/** Fetches what is at the URL `payload`, by default over HTTP as curl does, and returns its text, or why there is none. */
async function main({ payload = '' }) {
  const url = payload.includes('://') ? payload : `http://${payload}`;
  console.log(`fetching ${url}`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    return { msg: await response.text() };
  } catch (error) {
    return { msg: `${url}: ${error.cause?.message ?? error.message}` };
  }
}

exports.main = main;
