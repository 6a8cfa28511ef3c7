package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Jackson's parser, which reads the same or refuses the same. */
class JsonScannerTest {
  private static final List<String> MALFORMED = List.of("malformed");
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "[",
    "]",
    ",",
    ",",
    ":",
    "\"a\":",
    "\"b\" : ",
    "\"name\"",
    "\"\"",
    "\"é\"",
    "\"\\u00e9\"",
    "\"\\n\\\"\\/\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00x\"",
    "\"\\x\"",
    "\"\u0001\"",
    "\"",
    "\\",
    "0",
    "-0",
    "01",
    "7",
    "-12",
    "1.50",
    "1.",
    ".5",
    "-",
    "+1",
    "1e5",
    "1E-7",
    "2e",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "true",
    "false",
    "null",
    "nul",
    "truex",
    "NaN",
    " ",
    "\t",
    "\n",
    "é",
    "😀",
    "\u0000",
    "\u007f"
  };

  private final JsonScanner scanner = new JsonScanner();

  @Property(tries = 20_000)
  void readsPiecesOfJsonAsJacksonDoes(@ForAll Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(9); pieces >= 0 && text.length() < 40; pieces--) {
      text.append(PIECES[random.nextInt(PIECES.length)]); // in all within the bounds of a number
    }
    check(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 5_000)
  void readsDamagedJsonAsJacksonDoes(@ForAll Random random) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    write(random, 0, json);
    byte[] bytes = json.toByteArray();
    check(bytes);
    for (int damages = random.nextInt(3); damages >= 0; damages--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        default -> bytes = Arrays.copyOf(bytes, at + 1);
      }
      check(bytes);
    }
  }

  private static void write(Random random, int depth, ByteArrayOutputStream out) {
    int kind = random.nextInt(depth < 4 ? 6 : 4);
    String text =
        switch (kind) {
          case 0 -> String.valueOf(random.nextInt(2_000) / 8.0);
          case 1 -> String.valueOf(random.nextInt());
          case 2 -> "\"" + "aé\\u12ab😀".substring(0, random.nextInt(2)) + "\"";
          case 3 -> random.nextBoolean() ? "true" : "null";
          default -> null;
        };
    if (text != null) {
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    out.write(kind == 4 ? '[' : '{');
    for (int i = 0, count = random.nextInt(4); i < count; i++) {
      out.writeBytes((i == 0 ? "" : ",").getBytes(StandardCharsets.UTF_8));
      out.writeBytes((kind == 4 ? "" : "\"k" + i + "\":").getBytes(StandardCharsets.UTF_8));
      write(random, depth + 1, out);
    }
    out.write(kind == 4 ? ']' : '}');
  }

  // By its first bytes Jackson would guess UTF-16, and a byte order mark: four spaces say UTF-8.
  private void check(byte[] json) throws IOException {
    byte[] message =
        ("    " + new String(json, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(scanned(message))
        .as("%s", new String(json, StandardCharsets.UTF_8))
        .isEqualTo(parsed(message));
  }

  private List<String> scanned(byte[] message) {
    try {
      List<String> tokens = new ArrayList<>();
      scanner.read(message);
      for (JsonToken t = scanner.nextToken(); t != null; t = scanner.nextToken()) {
        boolean texts = t == JsonToken.VALUE_STRING || t == JsonToken.FIELD_NAME || t.isNumeric();
        tokens.add(t + (texts ? " " + scanner.text() : ""));
        if (t == JsonToken.VALUE_NUMBER_INT) {
          tokens.add(String.valueOf(scanner.longValue()));
        }
      }
      return tokens;
    } catch (DecodeException e) {
      assertThat(e.reason()).isIn("malformed-json", "number-out-of-range", "text-too-long");
      return MALFORMED;
    }
  }

  /** Jackson takes more: texts that are not UTF-8, halves of surrogates, several values. */
  private static List<String> parsed(byte[] message) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser json = JACKSON.createParser(message)) {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
      int values = 0;
      for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
        boolean texts = t == JsonToken.VALUE_STRING || t == JsonToken.FIELD_NAME || t.isNumeric();
        tokens.add(t + (texts ? " " + json.getText() : ""));
        if (t == JsonToken.VALUE_NUMBER_INT) {
          tokens.add(String.valueOf(json.getLongValue()));
        }
        if (texts) {
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json.getText()));
        }
        values += json.getParsingContext().inRoot() ? 1 : 0;
      }
      return values > 1 ? MALFORMED : tokens;
    } catch (CharacterCodingException e) {
      return MALFORMED;
    } catch (IOException e) {
      return MALFORMED;
    }
  }

  /** Reads the next element in one pass if it can. */
  private interface OnePass {
    boolean next(DecimalParser price, DecimalParser quantity) throws DecodeException;
  }

  /** Reads an element of which the first token has been read; says what else is in it. */
  private interface ByTokens {
    String read(DecimalParser price, DecimalParser quantity) throws DecodeException;
  }

  /** In one pass where that can be, else token by token: the same, whatever is damaged. */
  private void assertSame(
      String pairs, int count, OnePass onePass, ByTokens byTokens, Random random) {
    OnePass never = (price, quantity) -> false;
    byte[] json = pairs.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(read(json, onePass, byTokens)).hasSize(count).isEqualTo(read(json, never, byTokens));
    byte[] cut = Arrays.copyOf(json, random.nextInt(json.length));
    assertThat(read(cut, onePass, byTokens)).isEqualTo(read(cut, never, byTokens));
    json[random.nextInt(json.length)] = json[random.nextInt(json.length)];
    assertThat(read(json, onePass, byTokens)).isEqualTo(read(json, never, byTokens));
  }

  private List<String> read(byte[] json, OnePass onePass, ByTokens byTokens) {
    DecimalParser price = new DecimalParser();
    DecimalParser quantity = new DecimalParser();
    List<String> pairs = new ArrayList<>();
    try {
      scanner.read(json);
      scanner.nextToken();
      JsonDecoder.expect(scanner, JsonToken.START_ARRAY);
      while (true) {
        String more = "";
        if (!onePass.next(price, quantity)) {
          if (scanner.nextToken() == JsonToken.END_ARRAY) {
            return scanner.nextToken() == null ? pairs : MALFORMED;
          }
          more = byTokens.read(price, quantity);
        }
        pairs.add(shown(price, quantity) + more);
      }
    } catch (DecodeException e) {
      return MALFORMED;
    }
  }

  @Property(tries = 5_000)
  void readsPairsAsTheirTokensSay(@ForAll Random random) {
    assertSame(
        "[['1.50','2'],['0.07','4',0,[5]],[1,2],['1e5','2'] ,[ '6','7'],['8','99999999999999999']]",
        6,
        scanner::nextPair,
        (price, quantity) -> {
          JsonDecoder.expect(scanner, JsonToken.START_ARRAY);
          parseNext(price);
          parseNext(quantity);
          JsonDecoder.skipRest(scanner);
          return "";
        },
        random);
  }

  /** The same of objects of two numbers, which JSON writes in fewer ways than texts. */
  @Property(tries = 5_000)
  void readsPairsOfNumbersAsTheirTokensSay(@ForAll Random random) {
    assertSame(
        "[{'p':1.50,'q':2},{'p':0.07,'q':0},{'p':0,'q':10.0},{'p':1e5,'q':2} ,{ 'p':6,'q':7},"
            + "{'q':8,'p':9},{'p':1,'q':2,'p':3},{'p':'4','q':5},{'p':8,'q':99999999999999999}]",
        9,
        this::nextNumbers,
        (price, quantity) -> {
          JsonDecoder.expect(scanner, JsonToken.START_OBJECT);
          while (scanner.nextToken() != JsonToken.END_OBJECT) {
            parseNext(scanner.text().equals("p") ? price : quantity);
          }
          return "";
        },
        random);
  }

  private boolean nextNumbers(DecimalParser price, DecimalParser quantity) {
    return scanner.nextPair(JsonScanner.PairForm.ofNumbers("p", "q"), price, quantity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "1.", ".5", "00", "-1", "1e1", "", "."})
  void readsNoPairOfWhatIsNoPlainNumber(String number) throws DecodeException {
    for (String pair : List.of("[{\"p\":%s,\"q\":1}]", "[{\"p\":1,\"q\":%s}]")) {
      scanner.read(pair.formatted(number).getBytes(StandardCharsets.UTF_8));
      scanner.nextToken();
      assertThat(nextNumbers(new DecimalParser(), new DecimalParser())).isFalse();
      assertThat(scanner.nextToken()).isEqualTo(JsonToken.START_OBJECT);
    }
  }

  /** And of objects of texts, of which one is passed over. */
  @Property(tries = 5_000)
  void readsPairsBehindATextAsTheirTokensSay(@ForAll Random random) {
    JsonScanner.PairForm form = JsonScanner.PairForm.ofTexts("s", "b", "t", "p", "q");
    assertSame(
        "[{'s':'b','t':'2026','p':'1.50','q':'2'},{'s':'b','t':'','p':'007','q':'0'},"
            + "{'s':'b','t':'\\u0041é','p':'3','q':'4'},{'s':'c','t':'x','p':'5','q':'6'},"
            + "{'s':'b','t':'x','p':'1e5','q':'2'} ,{'t':'x','s':'b','p':'7','q':'8'},"
            + "{'s':'b','t':'x','p':'8','q':'9','q':'1'}]",
        7,
        (price, quantity) -> scanner.nextPair(form, price, quantity),
        this::readTexts,
        random);
  }

  /** Says the side, unless it is that of the form. */
  private String readTexts(DecimalParser price, DecimalParser quantity) throws DecodeException {
    String side = "b";
    JsonDecoder.expect(scanner, JsonToken.START_OBJECT);
    while (scanner.nextToken() != JsonToken.END_OBJECT) {
      switch (scanner.text()) {
        case "p" -> parseNext(price);
        case "q" -> parseNext(quantity);
        case "s" -> {
          scanner.nextToken();
          side = scanner.text();
        }
        default -> {
          scanner.nextToken();
          scanner.skipChildren();
        }
      }
    }
    return side.equals("b") ? "" : side;
  }

  private static String shown(DecimalParser price, DecimalParser quantity) {
    return "%d e-%d, %d e-%d"
        .formatted(price.mantissa(), price.scale(), quantity.mantissa(), quantity.scale());
  }

  private void parseNext(DecimalParser decimal) throws DecodeException {
    JsonToken token = scanner.nextToken();
    if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
      throw JsonScanner.malformed();
    }
    decimal.parse(scanner.textBytes(), scanner.textOffset(), scanner.textLength());
  }

  @Test
  void passesOverWhatNobodyLooksAt() throws DecodeException {
    scanner.read("{\"a\":[1,{\"b\":[]},\"]\"],\"c\":2}".getBytes(StandardCharsets.UTF_8));
    scanner.nextToken();
    scanner.nextToken();
    assertThat(scanner.nextToken()).isEqualTo(JsonToken.START_ARRAY);
    scanner.skipChildren();
    assertThat(scanner.currentToken()).isEqualTo(JsonToken.END_ARRAY);
    scanner.nextToken();
    assertThat(scanner.text()).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16})
  void nestsAsDeepAsAllowed(int depth) {
    assertThat(scanned(nested(depth))).hasSize(2 * depth + 1 + 1);
  }

  @Test
  void nestsNoDeeper() {
    assertThat(scanned(nested(17))).isEqualTo(MALFORMED);
  }

  private static byte[] nested(int depth) {
    return ("[".repeat(depth) + "1" + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void boundsNamesNumbersAndTextsThatAreLookedAt() throws DecodeException {
    assertThat(scanned(json("{\"%s\":1}", 64))).hasSize(5);
    assertThat(scanned(json("{\"%s\":1}", 65))).isEqualTo(MALFORMED);
    assertThat(scanned(json("0.%s", 1022))).hasSize(1);
    assertThat(scanned(json("0.%s", 1023))).isEqualTo(MALFORMED);
    assertThat(scanned(json("\"%s\"", 1024))).hasSize(1);
    assertThat(scanned(json("\"%s\"", 1025))).isEqualTo(MALFORMED);
    for (String format : List.of("\"%s\"", "%s")) {
      scanner.read(json(format, 1025));
      assertThat(scanner.nextToken()).isNotNull();
      assertThatThrownBy(scanner::text).hasMessage("text-too-long");
      assertThat(scanner.nextToken()).isNull();
    }
  }

  private static byte[] json(String format, int length) {
    return String.format(format, "1".repeat(length)).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void onlyTrueAndFalseAreBooleans() throws DecodeException {
    scanner.read("[true,false,\"true\"]".getBytes(StandardCharsets.UTF_8));
    scanner.nextToken();
    scanner.nextToken();
    assertThat(scanner.booleanValue()).isTrue();
    scanner.nextToken();
    assertThat(scanner.booleanValue()).isFalse();
    scanner.nextToken();
    assertThatThrownBy(scanner::booleanValue).hasMessage("unexpected-shape");
  }
}
