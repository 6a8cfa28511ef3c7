package io.streamforge.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.settings.NearestWord;
import io.streamforge.topic.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The form of a recording's lines, see docs/contract.md: {@code {"topic", "key", "venue",
 * "receive_time_us", "value"}}, with {@code value_base64} or {@code event} in the place of {@code
 * value}, and {@code connection} and {@code headers} where there are such.
 */
public final class RecordingLine {
  private static final Set<String> FIELDS =
      Set.of(
          "topic",
          "key",
          "venue",
          "receive_time_us",
          "value",
          "value_base64",
          "event",
          "connection",
          "headers");

  // A message may be as large as a topic takes it.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final ObjectReader TREE =
      JsonMapper.builder(JSON)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private RecordingLine() {}

  /**
   * Reads a line.
   *
   * @param number the line's in its file, from 1
   * @throws IOException if it is none of a recording; it says which, and what is wrong
   */
  public static RawMessage read(String line, Path file, long number) throws IOException {
    try {
      return read(line);
    } catch (IOException e) {
      throw new IOException("%s line %d %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private static RawMessage read(String line) throws IOException {
    JsonNode json;
    try {
      json = TREE.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("is no JSON: " + printable(e.getOriginalMessage()), e);
    }
    if (!json.isObject()) {
      throw new IOException("is no JSON object, must be one with the fields " + inOrder());
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new IOException(
            "has a field '%s', must be one of %s%s"
                .formatted(name, String.join(", ", inOrder()), nearest(name)));
      }
    }
    String topic = text(json, "topic");
    if (topic == null) {
      throw new IOException("has no topic; it must be text such as raw-orderbooks or raw-trades");
    }
    RawMessage message =
        new RawMessage(
            topic,
            text(json, "key"),
            text(json, "venue"),
            receiveTimeUs(json),
            text(json, "value"),
            text(json, "value_base64"),
            text(json, "event"),
            text(json, "connection"),
            headers(json.get("headers")));
    checkValue(message);
    return message;
  }

  /** What may be shown in a terminal: the line may hold anything. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cc}|\ufffd", "?");
  }

  private static String nearest(String name) {
    return NearestWord.of(name, inOrder(), false)
        .map(near -> "; the nearest is " + near)
        .orElse("");
  }

  private static List<String> inOrder() {
    return FIELDS.stream().sorted().toList();
  }

  private static String text(JsonNode json, String name) throws IOException {
    JsonNode field = json.get(name);
    if (field == null || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw new IOException("has a %s that is no text: %s".formatted(name, shown(field)));
    }
    return field.textValue();
  }

  private static String shown(JsonNode field) {
    String text = field.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static long receiveTimeUs(JsonNode json) throws IOException {
    JsonNode field = json.get("receive_time_us");
    if (field == null || field.isNull()) {
      throw new IOException(
          "has no receive_time_us; it must be a whole number of microseconds since the epoch");
    }
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw new IOException(
          "has receive_time_us %s; it must be a whole number of microseconds since the epoch"
              .formatted(shown(field)));
    }
    long time = field.longValue();
    if (!RawRecord.isReceiveTime(time)) {
      throw new IOException(
          "has receive_time_us %d; it must be microseconds since the epoch, of 16 digits%s"
              .formatted(time, inMicroseconds(time)));
    }
    return time;
  }

  private static String inMicroseconds(long time) {
    for (long factor : new long[] {1_000, 1_000_000}) {
      if (time > 0 && time < Long.MAX_VALUE / factor && RawRecord.isReceiveTime(time * factor)) {
        return ": %d if these are %sseconds"
            .formatted(time * factor, factor == 1_000 ? "milli" : "");
      }
    }
    return RawRecord.isReceiveTime(time / 1_000)
        ? ": %d if these are nanoseconds".formatted(time / 1_000)
        : "";
  }

  private static Map<String, String> headers(JsonNode json) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    if (json == null || json.isNull()) {
      return headers;
    }
    if (!json.isObject()) {
      throw new IOException("has headers that are no JSON object: " + shown(json));
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      String text = text(json, name);
      if (text == null) {
        throw new IOException("has a header %s that is null".formatted(name));
      }
      headers.put(name, text);
    }
    return headers;
  }

  private static void checkValue(RawMessage message) throws IOException {
    boolean text = message.value() != null;
    boolean binary = message.valueBase64() != null;
    boolean event = message.event() != null;
    if (text ? binary || event : binary == event) {
      throw new IOException("must have one of value, value_base64 and event");
    }
    try {
      message.bytes();
    } catch (IllegalArgumentException e) {
      throw new IOException("has a value_base64 that is none: " + e.getMessage(), e);
    }
  }

  /** What stands as text in a line; null for bytes that are no text, and for none. */
  public static String textOf(byte[] value) {
    try {
      return value == null
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Writes a line, without a line feed; the same message gives the same bytes. */
  public static byte[] write(RawMessage message) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("topic", message.topic());
      json.writeStringField("key", message.key());
      json.writeStringField("venue", message.venue());
      json.writeNumberField("receive_time_us", message.receiveTimeUs());
      writeIfGiven(json, "value", message.value());
      writeIfGiven(json, "value_base64", message.valueBase64());
      writeIfGiven(json, "event", message.event());
      writeIfGiven(json, "connection", message.connection());
      if (!message.headers().isEmpty()) {
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : new TreeMap<>(message.headers()).entrySet()) {
          json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory is always there
    }
    return line.toByteArray();
  }

  private static void writeIfGiven(JsonGenerator json, String name, String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }
}
