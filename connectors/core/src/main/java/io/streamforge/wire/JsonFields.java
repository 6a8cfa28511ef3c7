package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Side;

/** The fields of JSON messages: objects step by step, and values as venues write them. */
abstract class JsonFields {
  /** The number that was read last. */
  final DecimalParser decimal = new DecimalParser();

  /**
   * Steps into an object's next field and leaves the parser on its value; null at the object's end.
   */
  protected static String nextField(JsonScanner json) throws DecodeException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    if (token != JsonToken.FIELD_NAME) {
      throw JsonScanner.malformed();
    }
    String name = json.text();
    json.nextToken();
    return name;
  }

  protected static void expect(JsonScanner json, JsonToken token) throws DecodeException {
    if (json.currentToken() != token) {
      throw new DecodeException("unexpected-shape");
    }
  }

  /** A whole number of 0 or more, as number or as text. */
  protected long wholeNumber(JsonScanner json) throws DecodeException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.longValue() < 0) {
        throw new DecodeException("not-a-whole-number");
      }
      return json.longValue();
    }
    parseDecimal(json);
    if (decimal.scale() != 0) {
      throw new DecodeException("not-a-whole-number");
    }
    return decimal.mantissa();
  }

  /** A message's number, of up to 63 bits, as number or as text; −1 says that there is none. */
  protected static long sequence(JsonScanner json) throws DecodeException {
    long value;
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      value = json.longValue();
    } else {
      value = wholeNumber(text(json));
    }
    if (value < -1) {
      throw new DecodeException("not-a-whole-number");
    }
    return value == -1 ? BookUpdate.NO_SEQUENCE : value;
  }

  // Long.parseLong also reads a plus, and the digits of other scripts.
  private static long wholeNumber(String text) throws DecodeException {
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new DecodeException("not-a-whole-number");
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new DecodeException("not-a-whole-number");
    }
  }

  /** An epoch timestamp of any unit, as number or text, also with decimals. */
  protected long epochMicros(JsonScanner json) throws DecodeException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return EpochTime.toMicros(json.longValue());
    }
    parseDecimal(json);
    return EpochTime.toMicros(decimal.mantissa(), decimal.scale());
  }

  protected static long isoMicros(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.VALUE_STRING);
    return EpochTime.ofIso(json.textBytes(), json.textOffset(), json.textLength());
  }

  /** Passes over what is left of an array. */
  protected static void skipRest(JsonScanner json) throws DecodeException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      skip(json);
    }
  }

  /** A side's name; any other than buying and selling is not known. */
  protected static Side sideNamed(JsonScanner json) throws DecodeException {
    return switch (text(json)) {
      case "buy", "Buy", "BUY" -> Side.BUY;
      case "sell", "Sell", "SELL" -> Side.SELL;
      default -> Side.UNKNOWN;
    };
  }

  /** The aggressor's side where the venue names the maker's. */
  protected static Side sideAgainst(JsonScanner json) throws DecodeException {
    return Side.ofSign(-sideNamed(json).sign());
  }

  /** Text of bounded length. */
  protected static String text(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.VALUE_STRING);
    return json.text();
  }

  /** Passes over a value, whatever it is; an unfinished one is malformed. */
  protected static void skip(JsonScanner json) throws DecodeException {
    if (json.currentToken() == null) {
      throw JsonScanner.malformed();
    }
    json.skipChildren();
  }

  /** Reads a number into {@link #decimal}. */
  final void parseDecimal(JsonScanner json) throws DecodeException {
    JsonToken token = json.currentToken();
    if (token == null || !(token == JsonToken.VALUE_STRING || token.isNumeric())) {
      throw new DecodeException("not-a-number");
    }
    decimal.parse(json.textBytes(), json.textOffset(), json.textLength());
  }
}
