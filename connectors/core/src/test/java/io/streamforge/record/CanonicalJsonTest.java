package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.wire.CanonicalNumbersTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The form of documents; that of numbers is in {@link CanonicalNumbersTest}. */
class CanonicalJsonTest {
  private final CanonicalJson json = new CanonicalJson();

  @Test
  void writesEveryKindOfValueWithoutWhiteSpace() {
    for (int document = 0; document < 2; document++) {
      json.startObject().name("s").string("a\"\u0001é").name("n").string(null);
      json.name("l").number(Long.MIN_VALUE).name("x").nothing();
      json.name("a").startArray().number(1.0).number(-0.0).number(Double.NaN);
      json.number(1e-5)
          .number(Double.parseDouble("2e23"))
          .number(4.9e-324)
          .number(0.1f)
          .number(-0.0f);
      json.number(Float.POSITIVE_INFINITY).number(Double.NEGATIVE_INFINITY).endArray().endObject();
      assertThat(text())
          .isEqualTo(
              "{\"s\":\"a\\\"\\u0001é\",\"n\":null,\"l\":-9223372036854775808,\"x\":null,"
                  + "\"a\":[1.0,0.0,null,1.0E-5,2.0E23,4.9E-324,0.1,0.0,null,null]}");
    }
  }

  private String text() {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
