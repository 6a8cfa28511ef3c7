package io.streamforge.wire;

import java.nio.charset.StandardCharsets;

/**
 * How a venue writes a level that is an object, byte for byte; any other form is read token by
 * token.
 *
 * @param before what stands before the price, or before a text that is passed over
 * @param behindText what stands between that text and the price; null where there is none
 * @param between what stands between price and quantity
 * @param end what ends the object
 * @param quoted whether price and quantity are texts, else numbers
 */
record LevelForm(byte[] before, byte[] behindText, byte[] between, byte[] end, boolean quoted) {

  /** {@code {"NAME":1.5,"NAME":2}}. */
  static LevelForm ofNumbers(String price, String quantity) {
    return new LevelForm(
        ascii("{\"" + price + "\":"), null, ascii(",\"" + quantity + "\":"), ascii("}"), false);
  }

  /** {@code {"NAME":"VALUE","NAME":"any text","NAME":"1.5","NAME":"2"}}. */
  static LevelForm ofTexts(
      String first, String value, String passedOver, String price, String quantity) {
    return new LevelForm(
        ascii("{\"" + first + "\":\"" + value + "\",\"" + passedOver + "\":\""),
        ascii("\",\"" + price + "\":\""),
        ascii("\",\"" + quantity + "\":\""),
        ascii("\"}"),
        true);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
