package io.streamforge.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.streamforge.record.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schemas that stand beside the records of the topics out, to check records with. */
public enum RecordSchema {
  /** Values of {@code symbol-features}. */
  SYMBOL_FEATURES("symbol-features-1"),
  /** Values of {@code graph-features}. */
  GRAPH_FEATURES("graph-features-1"),
  /** Values of {@code book-resync}. */
  BOOK_RESYNC("book-resync-1"),
  /** Values of {@code market-events}. */
  MARKET_EVENTS("market-events-1"),
  /** Headers of {@code market-events}, as an object of texts. */
  MARKET_EVENT_HEADERS("market-events-headers"),
  /** Headers of {@code dead-letters}, as an object of texts. */
  DEAD_LETTER_HEADERS("dead-letters-headers");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final Schema schema;

  RecordSchema(String name) {
    schema = read(name + ".schema.json");
  }

  private static Schema read(String file) {
    try (InputStream in = CanonicalJson.class.getResourceAsStream(file)) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a record, a line for each error; empty where nothing is. */
  public List<String> errors(JsonNode record) {
    return schema.validate(record).stream().map(Error::toString).toList();
  }

  /**
   * What is wrong with a record's text.
   *
   * @throws IOException if it is no JSON
   */
  public List<String> errors(String record) throws IOException {
    return errors(JSON.readTree(record));
  }

  /**
   * What is wrong with a record's value.
   *
   * @throws IOException if it is no JSON
   */
  public List<String> errors(byte[] record) throws IOException {
    return errors(JSON.readTree(record));
  }
}
