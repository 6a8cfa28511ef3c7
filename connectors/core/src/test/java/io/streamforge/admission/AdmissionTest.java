package io.streamforge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final long START_US = 1_723_161_600_000_000L; // an hour begins
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600;
  private static final InstrumentRegistry REGISTRY =
      new InstrumentRegistry(Map.of("x:LISTED", InstrumentSpec.spot(1)));

  private long offset;

  private static Admission admission(int max) {
    return new Admission(new AdmissionRule(max, 7 * 24 * HOUR * SECOND, false, REGISTRY));
  }

  private static MarketEvent trade(String id, long second) {
    long timeUs = START_US + second * SECOND;
    return new Trade(Instrument.ofId(id), TradeIds.NONE, 0, 1, 0, 1, 0, Side.BUY, timeUs, timeUs);
  }

  private static MarketEvent notice(String id, long second) {
    long timeUs = START_US + second * SECOND;
    return new BookUpdateBuilder()
        .begin()
        .untimed()
        .notice(BookUpdate.Kind.DISCONNECTED)
        .build(Instrument.ofId(id), timeUs, timeUs);
  }

  private List<String> take(Admission admission, int partition, MarketEvent... events) {
    RawRecord record =
        new RawRecord("t", partition, offset++, new byte[0], new byte[0], "x", START_US);
    return admission.take(record, List.of(events)).stream()
        .map(event -> event.instrument().id())
        .toList();
  }

  @Test
  void aPartitionTakesTheFirstThatCome() {
    Admission admission = admission(2);
    assertThat(take(admission, 0, trade("x:A", 0))).containsExactly("x:A");
    assertThat(take(admission, 0, trade("x:B", 0), trade("y:C", 0), trade("x:A", 0)))
        .containsExactly("x:B", "x:A");
    assertThat(admission.refused()).isTrue();
    assertThat(admission.flaw()).isEqualTo("too-many-instruments");
    assertThat(take(admission, 1, trade("y:C", 0))).containsExactly("y:C");
    assertThat(admission.refused()).isFalse();
    assertThat(admission.flaw()).isNull();
  }

  @Test
  void theFirstRefusalOfAnInstrumentAndHourIsADeadLetter() {
    Admission admission = admission(1);
    List<String> flaws = new ArrayList<>();
    take(admission, 0, trade("x:A", 0));
    for (long second : new long[] {0, 1, HOUR - 1, HOUR, HOUR + 1, 9 * HOUR}) {
      assertThat(take(admission, 0, trade("x:B", second))).isEmpty();
      assertThat(admission.refused()).isTrue();
      flaws.add(admission.flaw());
    }
    String first = Admission.TOO_MANY;
    assertThat(flaws).containsExactly(first, null, null, first, null, first);
    take(admission, 0, trade("x:C", 9 * HOUR));
    assertThat(admission.flaw()).isEqualTo(first);
  }

  @Test
  void oneThatIsSilentForSevenDaysMakesRoom() {
    long week = 7 * 24 * HOUR;
    Admission admission = admission(2);
    take(admission, 0, trade("x:A", 0), trade("x:B", 1), trade("x:A", 2));
    assertThat(take(admission, 0, trade("x:C", week + 1))).isEmpty();
    assertThat(take(admission, 0, trade("x:C", week + 2))).containsExactly("x:C"); // for B
    assertThat(take(admission, 0, trade("x:B", week + 2))).isEmpty();
    assertThat(take(admission, 0, trade("x:B", week + 3))).containsExactly("x:B"); // for A
    assertThat(take(admission, 0, trade("x:A", week + 3))).isEmpty();
  }

  /** A time that is far ahead frees the room once, and does not take the bound away. */
  @Test
  void timeDoesNotRunBackwards() {
    Admission admission = admission(1);
    take(admission, 0, trade("x:A", 0), trade("x:B", 1000 * 24 * HOUR));
    assertThat(take(admission, 0, trade("x:A", 1), trade("x:B", 1))).containsExactly("x:B");
  }

  @Test
  void theRegistrysAreTakenAndDoNotCount() {
    Admission admission = admission(1);
    assertThat(take(admission, 0, trade("x:LISTED", 0), trade("x:A", 0), trade("x:B", 0)))
        .containsExactly("x:LISTED", "x:A");
    assertThat(take(admission, 0, trade("x:LISTED", 0))).containsExactly("x:LISTED");
  }

  @Test
  void theRegistrysAloneAreTakenIfThatIsSaid() {
    Admission admission = new Admission(new AdmissionRule(9, 9, true, REGISTRY));
    assertThat(take(admission, 0, trade("x:LISTED", 0), trade("x:A", 0)))
        .containsExactly("x:LISTED");
    assertThat(admission.unlisted()).isTrue();
    assertThat(admission.refused()).isFalse();
    assertThat(admission.flaw()).isNull();
  }

  /** Nothing is lost of a book that never was, and what takes notices knows. */
  @Test
  void aNoticeMakesNoInstrumentAndIsNotRefused() {
    Admission admission = admission(1);
    assertThat(take(admission, 0, notice("x:A", 0), trade("x:B", 0), notice("x:A", 0)))
        .containsExactly("x:A", "x:B", "x:A");
    assertThat(admission.refused()).isFalse();
  }

  @Test
  void goesOnFromWhatWasStored() {
    Admission before = admission(2);
    take(before, 3, trade("x:A", 0), trade("ﬁ:B", 1), trade("x:C", 2));
    List<KnownInstruments> old = before.read();
    take(before, 3, trade("x:A", 3));
    take(before, 5, trade("x:D", 3));
    Admission after = admission(2);
    before.read().forEach(after::restore);
    old.forEach(after::restore); // of another subtask, and older
    assertThat(after.read()).isEmpty();
    assertThat(after.unread()).hasSize(2);
    assertThat(take(after, 3, trade("x:C", 4), trade("ﬁ:B", 4), trade("x:A", 4)))
        .containsExactly("ﬁ:B", "x:A");
    assertThat(after.flaw()).isNull(); // x:C has been told in this hour
    assertThat(after.unread()).extracting(KnownInstruments::partition).containsExactly(5);
    assertThat(after.read()).extracting(KnownInstruments::partition).containsExactly(3);
    take(before, 3, trade("x:C", 4), trade("ﬁ:B", 4), trade("x:A", 4));
    assertThat(after.read().get(0).instruments()).isEqualTo(before.read().get(0).instruments());
  }

  @Test
  void ofAnotherTopicNothingIsTakenUp() {
    Admission before = admission(1);
    take(before, 0, trade("x:A", 0));
    Admission after = admission(1);
    before
        .read()
        .forEach(
            known ->
                after.restore(
                    new KnownInstruments(
                        "other", known.partition(), known.offset(), known.instruments())));
    assertThat(take(after, 0, trade("x:B", 0))).containsExactly("x:B");
  }
}
