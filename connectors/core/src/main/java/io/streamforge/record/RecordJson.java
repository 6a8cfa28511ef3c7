package io.streamforge.record;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * How records are read: a field that is missing or of another type is an error, one that a later
 * form may have added is not.
 */
final class RecordJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private RecordJson() {}

  static ObjectReader readerFor(Class<?> type) {
    return MAPPER.readerFor(type);
  }

  /**
   * Checks the name of a record's form.
   *
   * @throws IOException if it is another
   */
  static void expect(String schema, String found) throws IOException {
    if (!schema.equals(found)) {
      throw new IOException("no record of %s: its schema is %s".formatted(schema, found));
    }
  }
}
