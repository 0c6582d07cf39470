import type { Expectation, StepAnswer } from './conformance-case.js';
import { difference } from './matchers.js';

/** The first thing about an answer that is not as expected; undefined when all is. */
export function problemOf(answer: StepAnswer, expected: Expectation): string | undefined {
  return (
    statusProblem(answer, expected) ??
    headerProblem(answer, expected) ??
    textProblem(answer, expected) ??
    jsonProblem(answer, expected) ??
    timeProblem(answer, expected)
  );
}

function statusProblem({ status, body }: StepAnswer, expected: Expectation): string | undefined {
  if (expected.status === undefined || [expected.status].flat().includes(status)) return undefined;
  const shown = body.toString('utf8').slice(0, 300);
  return `status: expected ${JSON.stringify(expected.status)}, got ${String(status)} ${shown}`;
}

function headerProblem({ headers }: StepAnswer, expected: Expectation): string | undefined {
  for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    const holds = pattern === null ? value === undefined : value !== undefined && new RegExp(pattern, 'i').test(value);
    if (!holds) return `header ${name}: expected ${pattern ?? 'none'}, got ${value ?? 'none'}`;
  }
  return undefined;
}

function textProblem({ body }: StepAnswer, expected: Expectation): string | undefined {
  const text = body.toString('utf8');
  const shown = text.slice(0, 300);
  if (expected.bodyText !== undefined && text !== expected.bodyText) {
    return `text: expected ${expected.bodyText}, got ${shown}`;
  }
  if (expected.bodyMatches !== undefined && !new RegExp(expected.bodyMatches).test(text)) {
    return `text: expected /${expected.bodyMatches}/, got ${shown}`;
  }
  if (expected.bodyBase64 !== undefined && body.toString('base64') !== expected.bodyBase64) {
    return `bytes: expected ${expected.bodyBase64}, got ${body.toString('base64').slice(0, 300)}`;
  }
  return expected.bodyEmpty === true && body.length > 0 ? `body: expected none, got ${shown}` : undefined;
}

function jsonProblem({ body }: StepAnswer, expected: Expectation): string | undefined {
  if (expected.bodySubset === undefined && expected.bodyEquals === undefined) return undefined;
  const json = parsed(body);
  if (json === undefined) return `body: expected JSON, got ${body.toString('utf8').slice(0, 300)}`;
  return (
    (expected.bodySubset === undefined ? undefined : difference(expected.bodySubset, json, false)) ??
    (expected.bodyEquals === undefined ? undefined : difference(expected.bodyEquals, json, true))
  );
}

function timeProblem({ duration }: StepAnswer, { minMs = 0, maxMs = Infinity }: Expectation): string | undefined {
  if (duration >= minMs && duration <= maxMs) return undefined;
  return `time: expected ${String(minMs)} to ${String(maxMs)} ms, got ${String(Math.round(duration))}`;
}

/** The JSON of a body; undefined when it is none. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
