package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The request that tells which symbols a venue lists.
 *
 * @param path of REST, with its query
 * @param list where the list is in the answer, as a JSON pointer
 * @param symbol of an entry, as the venue's messages write it
 * @param trades whether an entry is of a market that is open
 */
public record VenueListing(
    String path, String list, Function<JsonNode, String> symbol, Predicate<JsonNode> trades) {

  /** Of entries that have a symbol and a status as texts. */
  static VenueListing of(String path, String list, String symbol, String status, String open) {
    return new VenueListing(
        path,
        list,
        entry -> entry.path(symbol).asText(),
        entry -> entry.path(status).asText().equals(open));
  }

  /** The symbols of an answer that trade. */
  public List<String> symbols(JsonNode answer) {
    List<String> symbols = new ArrayList<>();
    for (JsonNode entry : answer.at(list)) {
      if (trades.test(entry)) {
        symbols.add(symbol.apply(entry));
      }
    }
    return symbols;
  }
}
