package io.streamforge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "'', ab, 2",
    "kitten, sitting, 3",
    "graph, grahp, 1",
    "ab, ba, 1",
    "start, strat, 1"
  })
  void distances(String from, String to, int distance) {
    assertThat(NearestWord.distance(from, to)).isEqualTo(distance);
    assertThat(NearestWord.distance(to, from)).isEqualTo(distance);
  }

  @Test
  void anotherWordIsNamedOnlyIfAsked() {
    List<String> words = List.of("graph.name", "sink.topic");
    assertThat(NearestWord.of("graph.nmae", words, false)).hasValue("graph.name");
    assertThat(NearestWord.of("nonsense", words, false)).isEmpty();
    assertThat(NearestWord.of("nonsense", words, true)).isPresent();
    assertThat(NearestWord.of("nonsense", List.of(), true)).isEmpty();
  }
}
