package io.streamforge.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The venues that can be read: those of every {@link VenueProvider} that the thread's class loader
 * finds, which in a job is the one of the user's code. They are looked for once a class loader.
 */
public final class Venues {
  private static Venues newest;

  private final ClassLoader loader;
  private final Map<String, Supplier<VenueDecoder>> decoders = new TreeMap<>();

  private Venues(ClassLoader loader) {
    this.loader = loader;
    Map<String, String> providers = new HashMap<>();
    for (VenueProvider provider : ServiceLoader.load(VenueProvider.class, loader)) {
      String name = provider.getClass().getName();
      provider
          .decoders()
          .forEach(
              (venue, decoder) -> {
                if (decoders.putIfAbsent(venue, decoder) != null) {
                  throw new IllegalArgumentException(
                      "venue '%s' is brought twice, by %s and by %s: one of their jars has to go"
                          .formatted(venue, providers.get(venue), name));
                }
                providers.put(venue, name);
              });
    }
  }

  /**
   * Those that the current thread can use.
   *
   * @throws IllegalArgumentException if two providers bring one name
   * @throws java.util.ServiceConfigurationError if a provider cannot be made
   */
  static synchronized Venues ofThread() {
    ClassLoader loader = loader();
    if (newest == null || newest.loader != loader) {
      newest = new Venues(loader);
    }
    return newest;
  }

  /** The thread's, unless it has another {@link VenueProvider} than this class, or none. */
  private static ClassLoader loader() {
    ClassLoader own = Venues.class.getClassLoader();
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    if (ofThread == null || ofThread == own) {
      return own;
    }
    try {
      String name = VenueProvider.class.getName();
      return Class.forName(name, false, ofThread) == VenueProvider.class ? ofThread : own;
    } catch (ClassNotFoundException e) {
      return own;
    }
  }

  /** Their names, as in the header {@code venue}. */
  public static Set<String> names() {
    return Set.copyOf(ofThread().decoders.keySet());
  }

  /** A new decoder, for one thread; null if the venue is not known. */
  public static VenueDecoder decoder(String venue) {
    return ofThread().newDecoder(venue);
  }

  VenueDecoder newDecoder(String venue) {
    Supplier<VenueDecoder> decoder = decoders.get(venue);
    return decoder == null ? null : decoder.get();
  }
}
