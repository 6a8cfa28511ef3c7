/**
 * The market between its events and its samples: which event goes where, and what comes out when.
 */
package io.streamforge.engine;
