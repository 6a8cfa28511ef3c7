package io.streamforge.testkit.exchange;

import java.util.Map;
import java.util.TreeMap;

/**
 * An answer over HTTP.
 *
 * @param status the HTTP status
 * @param type the content's type
 * @param headers further headers, by name
 * @param body the content
 */
public record RestAnswer(int status, String type, Map<String, String> headers, String body) {

  public RestAnswer {
    headers = Map.copyOf(headers);
  }

  public static RestAnswer json(int status, String body) {
    return new RestAnswer(status, "application/json;charset=UTF-8", Map.of(), body);
  }

  public static RestAnswer html(int status, String body) {
    return new RestAnswer(status, "text/html", Map.of(), body);
  }

  public RestAnswer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new RestAnswer(status, type, more, body);
  }
}
