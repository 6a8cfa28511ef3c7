package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the JSON of one message (RFC 8259, UTF-8) token by token, straight from its bytes. It is
 * strict and bounded: what is no JSON, is nested deeper than {@value #MAX_DEPTH} or has a name of
 * more than {@value #MAX_NAME} bytes is malformed. Begin with {@link #read}; for one thread. The
 * tokens are those of Jackson's streaming parser, which it takes the place of: that makes a parser
 * a message and characters of every text, and has no {@link #nextPair}.
 */
public final class JsonScanner {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 64;

  /** A longer text or number can be passed over, not looked at; bytes. */
  private static final int MAX_TEXT = 1_024;

  private static final byte[] NOTHING = {};
  private static final String MALFORMED = "malformed-json";

  private static final int END = -1;

  private enum Next {
    VALUE,
    /** The first of an array or object, or its end. */
    FIRST,
    /** What separates it from the one before, or the end. */
    SEPARATOR
  }

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
  record PairForm(byte[] before, byte[] behindText, byte[] between, byte[] end, boolean quoted) {

    /** {@code {"NAME":1.5,"NAME":2}}. */
    static PairForm ofNumbers(String price, String quantity) {
      return new PairForm(
          ascii("{\"" + price + "\":"), null, ascii(",\"" + quantity + "\":"), ascii("}"), false);
    }

    /** {@code {"NAME":"VALUE","NAME":"any text","NAME":"1.5","NAME":"2"}}. */
    static PairForm ofTexts(
        String first, String value, String passedOver, String price, String quantity) {
      return new PairForm(
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

  private final TextCache texts = new TextCache();
  private byte[] message = NOTHING;
  private int at;
  private Next next = Next.VALUE;
  private JsonToken token;
  private int depth;

  /** A bit for each depth: 1 is an object. */
  private int objects;

  private byte[] text = NOTHING;
  private int textFrom;
  private int textEnd;
  private boolean escaped;

  JsonScanner() {}

  /** Takes up a message, before its first token. */
  void read(byte[] json) {
    message = json;
    at = 0;
    next = Next.VALUE;
    token = null;
    depth = 0;
    objects = 0;
  }

  /** Lets go of the message: it may be large, and the next one late. */
  void release() {
    read(NOTHING);
    text = NOTHING;
  }

  /** The token that was read last; null before the first, and at the end of the message. */
  public JsonToken currentToken() {
    return token;
  }

  /** Reads on; null at the end of the message. */
  public JsonToken nextToken() throws DecodeException {
    int c = nextByte();
    return switch (next) {
      case VALUE -> depth == 0 && c == END ? end(c) : value(c);
      case FIRST -> c == ']' || c == '}' ? close(c) : element(c);
      case SEPARATOR -> depth == 0 ? end(c) : c == ',' ? element(nextByte()) : close(c);
    };
  }

  private JsonToken end(int c) throws DecodeException {
    if (c != END) {
      throw malformed();
    }
    token = null;
    return null;
  }

  /** The next byte that is not white space. */
  private int nextByte() {
    while (at < message.length) {
      byte c = message[at++];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c & 0xff;
      }
    }
    return END;
  }

  private boolean inObject() {
    return (objects >>> depth & 1) != 0;
  }

  private JsonToken element(int c) throws DecodeException {
    return inObject() ? name(c) : value(c);
  }

  private JsonToken open(boolean object) throws DecodeException {
    if (++depth > MAX_DEPTH) {
      throw malformed();
    }
    int bit = 1 << depth;
    objects = object ? objects | bit : objects & ~bit;
    next = Next.FIRST;
    token = object ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
    return token;
  }

  private JsonToken close(int c) throws DecodeException {
    boolean object = inObject();
    if (c != (object ? '}' : ']')) {
      throw malformed();
    }
    depth--;
    return value(object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
  }

  private JsonToken value(JsonToken read) {
    next = Next.SEPARATOR;
    token = read;
    return read;
  }

  private JsonToken name(int c) throws DecodeException {
    if (c != '"') {
      throw malformed();
    }
    string();
    if (textEnd - textFrom > MAX_NAME || nextByte() != ':') {
      throw malformed();
    }
    next = Next.VALUE;
    token = JsonToken.FIELD_NAME;
    return token;
  }

  private JsonToken value(int c) throws DecodeException {
    return switch (c) {
      case '"' -> {
        string();
        yield value(JsonToken.VALUE_STRING);
      }
      case '[' -> open(false);
      case '{' -> open(true);
      case 't' -> literal("rue", JsonToken.VALUE_TRUE);
      case 'f' -> literal("alse", JsonToken.VALUE_FALSE);
      case 'n' -> literal("ull", JsonToken.VALUE_NULL);
      case END -> throw malformed();
      default -> number();
    };
  }

  private JsonToken literal(String rest, JsonToken read) throws DecodeException {
    for (int i = 0; i < rest.length(); i++) {
      if (at == message.length || message[at++] != rest.charAt(i)) {
        throw malformed();
      }
    }
    return value(read);
  }

  /** Steps over a text, of which the opening quote has been read. */
  private void string() throws DecodeException {
    int i = at;
    escaped = false;
    while (i < message.length && message[i] != '"') {
      byte c = message[i];
      if (c == '\\') {
        escaped = true;
        i = JsonText.afterEscape(message, i);
      } else if (c < ' ') { // a control character, or one of several bytes, which are negative
        i = JsonText.afterCharacter(message, i);
      } else {
        i++;
      }
    }
    if (i >= message.length) {
      throw malformed();
    }
    text = message;
    textFrom = at;
    textEnd = i;
    at = i + 1;
  }

  /** Steps over a number, of which the first byte has been read. */
  private JsonToken number() throws DecodeException {
    textFrom = at - 1;
    int whole = JsonNumber.afterWhole(message, textFrom);
    textEnd = JsonNumber.afterRest(message, whole);
    text = message;
    escaped = false;
    at = textEnd;
    return value(textEnd == whole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT);
  }

  /**
   * Reads the next element of an array in one pass if it begins as {@code ["price","quantity"}, as
   * most levels of most venues do, and passes over the rest of it.
   *
   * @return false if it is anything else, of which nothing has been read then
   */
  boolean nextPair(DecimalParser price, DecimalParser quantity) throws DecodeException {
    int i = nextElement();
    if (i < 0 || !follows('[', i) || !follows('"', i + 1)) {
      return false;
    }
    i = price.parsePlain(message, i + 2);
    if (i < 0 || !follows('"', i) || !follows(',', i + 1) || !follows('"', i + 2)) {
      return false;
    }
    i = quantity.parsePlain(message, i + 3);
    if (i < 0 || !follows('"', i)) {
      return false;
    }
    if (follows(']', i + 1)) {
      at = i + 2;
      next = Next.SEPARATOR;
    } else {
      open(false);
      at = i + 1;
      next = Next.SEPARATOR;
      skipChildren();
    }
    return true;
  }

  /**
   * Reads the next element of an array in one pass if it has that form, without white space.
   *
   * @return false if it is anything else, of which nothing has been read then
   */
  boolean nextPair(PairForm form, DecimalParser price, DecimalParser quantity) {
    int i = after(form.before(), nextElement());
    if (form.behindText() != null) {
      i = after(form.behindText(), afterPlainText(i));
    }
    i = after(form.between(), afterNumber(price, i, form.quoted()));
    i = after(form.end(), afterNumber(quantity, i, form.quoted()));
    if (i < 0) {
      return false;
    }
    at = i;
    next = Next.SEPARATOR;
    return true;
  }

  /** Where the next element of an array begins if there is no white space; else −1. */
  private int nextElement() {
    if (next == Next.SEPARATOR && follows(',', at)) {
      return at + 1;
    }
    return next == Next.FIRST ? at : -1;
  }

  /** The place after a text that stands there; −1 if it does not, or there is no place. */
  private int after(byte[] text, int place) {
    int end = place + text.length;
    boolean there =
        place >= 0
            && end <= message.length
            && Arrays.equals(text, 0, text.length, message, place, end);
    return there ? end : -1;
  }

  /** The place of the first character that is a quote, or not plain ASCII; −1 without a place. */
  private int afterPlainText(int place) {
    int i = place;
    while (i >= 0 && i < message.length && message[i] >= ' ' && message[i] != '"') {
      i = message[i] == '\\' ? -1 : i + 1;
    }
    return i;
  }

  /** Reads a plain number: the place after it, −1 if it is none, or there is no place. */
  private int afterNumber(DecimalParser into, int from, boolean quoted) {
    int end = from < 0 ? -1 : into.parsePlain(message, from);
    return quoted || end < 0 || isJsonNumber(from, end) ? end : -1;
  }

  /** Whether digits with at most one point are a number as JSON writes it. */
  private boolean isJsonNumber(int from, int end) {
    boolean zeroFirst = message[from] == '0' && end > from + 1 && message[from + 1] != '.';
    return !zeroFirst && message[from] != '.' && message[end - 1] != '.';
  }

  private boolean follows(char c, int place) {
    return place < message.length && message[place] == c;
  }

  /** Passes over the rest of the array or object whose begin was read last; else nothing. */
  public void skipChildren() throws DecodeException {
    if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
      skipTo(depth - 1);
    }
  }

  /** In how many arrays and objects the token stands that was read last; their begins count. */
  int depth() {
    return depth;
  }

  /** Passes over the rest of all arrays and objects that are deeper than that. */
  void skipTo(int outside) throws DecodeException {
    while (depth > outside) {
      if (nextToken() == null) {
        throw malformed();
      }
    }
  }

  /** The bytes that hold the text of the name, text or number that was read last, as UTF-8. */
  public byte[] textBytes() throws DecodeException {
    if (escaped) {
      text = JsonText.unescaped(text, textFrom, textEnd);
      textFrom = 0;
      textEnd = text.length;
      escaped = false;
    }
    if (textEnd - textFrom > MAX_TEXT) {
      throw new DecodeException("text-too-long");
    }
    return text;
  }

  /** Where the text begins in {@link #textBytes}, which is to be called before. */
  public int textOffset() {
    return textFrom;
  }

  /** How many bytes of {@link #textBytes}, which is to be called before, are the text. */
  public int textLength() {
    return textEnd - textFrom;
  }

  /** The name, text or number that was read last. */
  public String text() throws DecodeException {
    return texts.of(textBytes(), textFrom, textEnd);
  }

  /** The whole number that was read last; refused if 64 bits do not hold it. */
  public long longValue() throws DecodeException {
    return JsonNumber.longValue(text, textFrom, textEnd);
  }

  /** The value that was read last; refused if it is neither true nor false. */
  public boolean booleanValue() throws DecodeException {
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw new DecodeException("unexpected-shape");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  static DecodeException malformed() {
    return new DecodeException(MALFORMED);
  }

  /** Whether the text is no JSON, so that nothing after that place can be read. */
  static boolean isMalformed(DecodeException e) {
    return e.reason().equals(MALFORMED);
  }
}
