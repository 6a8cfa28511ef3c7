package io.streamforge.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.bench.load.MarketInput;
import java.io.StringReader;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The benchmark at its smallest, so that no contestant rots. */
class ThroughputExperimentTest {

  @Test
  void everyContestantGivesTheRightAnswer() throws Exception {
    ThroughputFigures figures =
        ThroughputExperiment.measure(
            new MarketInput("generated-3", 1_000, 1_000),
            1,
            EnumSet.allOf(Contestant.class),
            Duration.ZERO);

    assertThat(figures.graphs()).isGreaterThan(100);
    assertThat(figures.contestants()).hasSize(Contestant.values().length);
    for (ContestantFigures contestant : figures.contestants()) {
      assertThat(contestant.wrongAnswers()).as(contestant.name()).isZero();
      assertThat(contestant.messagesPerSecond().p50()).isPositive();
    }
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(ThroughputPicture.of(List.of(figures)))));
    assertThat(picture.getElementsByTagName("rect").getLength())
        .isEqualTo(Contestant.values().length);
  }
}
