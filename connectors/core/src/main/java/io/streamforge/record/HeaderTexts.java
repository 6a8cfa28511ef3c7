package io.streamforge.record;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** A record's headers as texts in UTF-8, by name; of several of one name the last. */
final class HeaderTexts {
  private HeaderTexts() {}

  static Map<String, String> of(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
