package io.streamforge.wire;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Brings decoders of venues, from this jar or from another. A jar adds its own by naming a class
 * that implements this, with a public constructor without arguments, in a file {@code
 * META-INF/services/io.streamforge.wire.VenueProvider} ({@link java.util.ServiceLoader}). The jar
 * belongs where the job's classes are loaded from: {@code flink run -C URL}, or into the job's jar.
 *
 * <p>A decoder of JSON extends {@link JsonDecoder}, or {@link CheckedBookDecoder}; any other
 * implements {@link VenueDecoder}.
 */
public interface VenueProvider {

  /**
   * By the venue's name, as in the header {@code venue}, what makes a decoder of its messages. Each
   * is called once a thread.
   */
  Map<String, Supplier<VenueDecoder>> decoders();
}
