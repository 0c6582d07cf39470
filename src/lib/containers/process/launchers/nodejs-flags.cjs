'use strict';

/**
 * Sets flags of V8 back to their defaults when they have done their work, as those that shape the heap or make `gc` have before the first
 * line runs. While one of them differs from its default, Node compiles each of its own modules from source instead of taking it from the
 * cache inside its program: 6 ms CPU for every runtime (P-30) and 15 for the start of the platform (P-14).
 *
 * The module `v8` would bring a third of the modules that are to be spared, so this asks for its inner part by the old way, which warns. Where
 * that is gone the flags stay and only time is lost.
 */
function resetFlags(flags) {
  const shown = process.noDeprecation;
  try {
    process.noDeprecation = true;
    const { setFlagsFromString } = process.binding('v8');
    for (const flag of flags) setFlagsFromString(flag);
  } catch {
    // A later Node without it, or one that forbids it.
  } finally {
    process.noDeprecation = shown;
  }
}

module.exports = { resetFlags };
