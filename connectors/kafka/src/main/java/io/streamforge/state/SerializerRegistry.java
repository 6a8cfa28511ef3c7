package io.streamforge.state;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Finds the {@link VersionedSerializer}s by the ids that stand for them in savepoints. Each jar
 * lists its own in {@code META-INF/services/io.streamforge.state.VersionedSerializer}, so that a
 * class can be moved or renamed without a savepoint that names it.
 */
public final class SerializerRegistry {
  private static final String LIST = "META-INF/services/" + VersionedSerializer.class.getName();

  private static final ClassValue<Boolean> LISTED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return byId(type.getClassLoader()).values().stream()
              .anyMatch(serializer -> serializer.getClass() == type);
        }
      };

  private SerializerRegistry() {}

  /**
   * The serializer of an id.
   *
   * @param classes of the job
   * @throws IllegalStateException if there is none, or if two serializers have one id
   */
  public static VersionedSerializer<?> find(String id, ClassLoader classes) {
    Map<String, VersionedSerializer<?>> byId = byId(classes);
    VersionedSerializer<?> found = byId.get(id);
    if (found == null) {
      throw new IllegalStateException(
          ("the state was written by the serializer \"%s\", and the job has only %s: is a jar"
                  + " missing, or older than the one that wrote the state?")
              .formatted(id, byId.keySet()));
    }
    return found;
  }

  /**
   * Refuses to write what could not be read again.
   *
   * @throws IllegalStateException if a serializer is not listed, or if two have one id
   */
  static void checkListed(VersionedSerializer<?> serializer) {
    if (!LISTED.get(serializer.getClass())) {
      throw new IllegalStateException(
          "%s is not listed in %s: what it writes could not be read again"
              .formatted(serializer.getClass().getName(), LIST));
    }
  }

  private static Map<String, VersionedSerializer<?>> byId(ClassLoader classes) {
    Map<String, VersionedSerializer<?>> byId = new TreeMap<>();
    for (VersionedSerializer<?> each : ServiceLoader.load(VersionedSerializer.class, classes)) {
      VersionedSerializer<?> other = byId.putIfAbsent(each.id(), each);
      if (other != null) {
        throw new IllegalStateException(
            "%s and %s have one id, \"%s\": each serializer needs its own"
                .formatted(other.getClass().getName(), each.getClass().getName(), each.id()));
      }
    }
    return byId;
  }
}
