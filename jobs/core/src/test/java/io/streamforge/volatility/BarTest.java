package io.streamforge.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BarTest {
  private static double annualised(JsonNode bars, ToDoubleFunction<Bar> variance) {
    double sum = 0;
    for (JsonNode bar : bars) {
      sum +=
          variance.applyAsDouble(
              new Bar(
                  bar.get(0).asDouble(),
                  bar.get(1).asDouble(),
                  bar.get(2).asDouble(),
                  bar.get(3).asDouble()));
    }
    return Math.sqrt(sum / bars.size() * 260);
  }

  /**
   * Range estimators on the first rows of the R package TTR's {@code ttrc} series (annualised there
   * with N = 260).
   */
  @Test
  void isWhatTtrSays() throws IOException {
    JsonNode golden;
    try (InputStream json = getClass().getResourceAsStream("range-estimators.json")) {
      golden = new ObjectMapper().readTree(json);
    }
    JsonNode bars = golden.get("ohlc");
    assertThat(annualised(bars, Bar::parkinson))
        .isCloseTo(golden.get("parkinson").asDouble(), within(1e-14));
    assertThat(annualised(bars, Bar::garmanKlass))
        .isCloseTo(golden.get("garman_klass").asDouble(), within(1e-14));
    assertThat(annualised(bars, Bar::rogersSatchell))
        .isCloseTo(golden.get("rogers_satchell").asDouble(), within(1e-14));
  }

  @Test
  void aTrendWithoutReturnIsNoVarianceToRogersAndSatchell() {
    assertThat(new Bar(100, 110, 100, 110).rogersSatchell()).isZero();
    assertThat(new Bar(110, 110, 100, 100).rogersSatchell()).isZero();
    assertThat(new Bar(100, 100, 100, 100).parkinson()).isZero();
  }

  @Property
  void noVarianceIsNegativeAndAScaleChangesNone(
      @ForAll @DoubleRange(min = 1, max = 2) double low,
      @ForAll @DoubleRange(min = 0, max = 1) double range,
      @ForAll @DoubleRange(min = 0, max = 1) double opens,
      @ForAll @DoubleRange(min = 0, max = 1) double closes) {
    Bar bar = new Bar(low + range * opens, low + range, low, low + range * closes);
    Bar scaled = new Bar(bar.open() * 3, bar.high() * 3, bar.low() * 3, bar.close() * 3);
    for (ToDoubleFunction<Bar> variance :
        List.<ToDoubleFunction<Bar>>of(Bar::parkinson, Bar::garmanKlass, Bar::rogersSatchell)) {
      double value = variance.applyAsDouble(bar);
      assertThat(value).isGreaterThanOrEqualTo(0);
      assertThat(variance.applyAsDouble(scaled)).isCloseTo(value, within(1e-14));
    }
  }
}
