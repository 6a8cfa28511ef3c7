/**
 * The records of the topics out: for each a type that reads it, a writer, and a JSON Schema beside
 * them.
 */
package io.streamforge.record;
