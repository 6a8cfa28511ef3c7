package io.streamforge.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.streamforge.market.BookUpdate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes JSON whose bytes depend on the values alone: fields in the order of the calls, no white
 * space, floating point in the form of JDK 19 on any JDK, {@code null} for what is not finite and
 * 0.0 for −0.0. One object writes any number of documents, one after another; not thread-safe.
 */
public final class CanonicalJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private JsonGenerator out = open();

  private interface Write {
    void run(JsonGenerator out) throws IOException;
  }

  private JsonGenerator open() {
    try {
      return FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CanonicalJson write(Write write) {
    try {
      write.run(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CanonicalJson startObject() {
    return write(JsonGenerator::writeStartObject);
  }

  public CanonicalJson endObject() {
    return write(JsonGenerator::writeEndObject);
  }

  public CanonicalJson startArray() {
    return write(JsonGenerator::writeStartArray);
  }

  public CanonicalJson endArray() {
    return write(JsonGenerator::writeEndArray);
  }

  /** Name of the field whose value comes next. */
  public CanonicalJson name(String name) {
    return write(json -> json.writeFieldName(name));
  }

  /** Text, or null. */
  public CanonicalJson string(String value) {
    return write(json -> json.writeString(value));
  }

  public CanonicalJson number(long value) {
    return write(json -> json.writeNumber(value));
  }

  /** A venue's number of a message, null for {@link BookUpdate#NO_SEQUENCE}. */
  CanonicalJson sequence(long value) {
    return value == BookUpdate.NO_SEQUENCE ? nothing() : number(value);
  }

  /** In the form of JDK 19's {@code Double.toString}. */
  public CanonicalJson number(double value) {
    return Double.isFinite(value) ? write(json -> json.writeNumber(value + 0.0)) : nothing();
  }

  /** In the form of JDK 19's {@code Float.toString}. */
  public CanonicalJson number(float value) {
    return Float.isFinite(value) ? write(json -> json.writeNumber(value + 0.0f)) : nothing();
  }

  /** {@code null}. */
  public CanonicalJson nothing() {
    return write(JsonGenerator::writeNull);
  }

  /** The document, complete; the next one starts empty. */
  public byte[] toBytes() {
    write(JsonGenerator::close);
    byte[] document = bytes.toByteArray();
    bytes.reset();
    out = open();
    return document;
  }
}
