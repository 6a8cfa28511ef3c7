/**
 * Decoders of the venues' own messages, open to other jars by {@link
 * io.streamforge.wire.VenueProvider}.
 */
package io.streamforge.wire;
