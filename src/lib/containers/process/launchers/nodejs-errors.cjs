'use strict';

// What the nodejs runner says about a value that an action has thrown or rejected with.

/** The official runner uses the package serialize-error 9.1; this is what it makes of a rejection's value. */
function serializeError(value) {
  if (typeof value === 'function') return `[Function: ${value.name || 'anonymous'}]`;
  if (typeof value !== 'object') return value;
  try {
    return withoutCycles(value, []);
  } catch {
    return {};
  }
}

function withoutCycles(from, parents) {
  if (typeof from.toJSON === 'function') return from.toJSON();
  const to = Array.isArray(from) ? [] : {};
  const seen = [...parents, from];
  for (const [name, value] of Object.entries(from)) {
    if (typeof value !== 'function') define(to, name, serializeMember(value, seen));
  }
  for (const name of ['name', 'message', 'stack', 'code']) {
    if (typeof from[name] === 'string') define(to, name, from[name]);
  }
  return to;
}

function serializeMember(value, seen) {
  if (Buffer.isBuffer(value)) return '[object Buffer]';
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.pipe === 'function') return '[object Stream]';
  return seen.includes(value) ? '[Circular]' : withoutCycles(value, seen);
}

function define(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The stack, beginning with the error itself also where the place in the source comes first. */
function stackOf(error) {
  if (!error?.stack) return textOf(error);
  const stack = String(error.stack);
  const start = error instanceof SyntaxError ? stack.indexOf('SyntaxError:') : 0;
  return start > 0 ? stack.slice(start) : stack;
}

function textOf(value) {
  try {
    return `${value}`;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

module.exports = { serializeError, stackOf, textOf };
