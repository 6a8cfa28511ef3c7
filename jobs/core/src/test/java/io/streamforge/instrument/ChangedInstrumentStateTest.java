package io.streamforge.instrument;

import static io.streamforge.testkit.Updates.ACME;
import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookLimits;
import io.streamforge.book.OrderBook;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.section.Section;
import io.streamforge.window.Grid;
import io.streamforge.window.HeapPages;
import io.streamforge.window.PageStore;
import io.streamforge.window.SampleWindow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An instrument that is stored by one version and read by another, which has a series more on the
 * grid of samples, or one less, or the same with a longer or a shorter window. What both know goes
 * on as if nothing had happened.
 */
class ChangedInstrumentStateTest {
  private static final int SAVED_AT = 500;
  private static final int END = 900;

  /** The series that changes; 0 is the version that does not have it. */
  private static final Section CHANGES = Section.of(100, "changes");

  /** An instrument, with a series of the test's own beside its own. */
  private static final class Version {
    final InstrumentState state;
    final OrderBook book;
    final SampleWindow own;

    Version(int length, OrderBook book, PageStore pages) {
      InstrumentSettings settings =
          new InstrumentSettings(
              1_000_000,
              300_000_000,
              604_800_000_000L,
              60_000_000,
              Map.of(),
              new BookLimits(100, 10, 60_000_000),
              30_000_000,
              0,
              1 << 20,
              InstrumentRegistry.EMPTY);
      state = new InstrumentState(ACME, settings, pages);
      this.book = book == null ? new OrderBook(settings.book()) : book;
      own = new SampleWindow(Math.max(1, length));
      if (length > 0) {
        state.windows().add(Grid.SAMPLE, CHANGES, own);
      }
    }

    double[] sample(int second) throws IOException {
      long us = START_US + second * 1_000_000L;
      int move = 1 + Math.floorMod(second * second, 17);
      BookUpdate update =
          second == 0
              ? snapshot().bid("99", "1").ask("101", "1").at(us).build()
              : delta().ask("100.%02d".formatted(move), second % 2 == 0 ? "1" : "0").at(us).build();
      state.accept(book, update, us, BookWatch.NONE);
      if (state.needsBookFor(us + 1_000_000)) {
        state.capture(book);
      }
      SymbolSample sample = state.sample(us + 1_000_000);
      own.put(sample.timeUs() / 1_000_000, second);
      return sample.features();
    }
  }

  @ParameterizedTest(name = "from a window of {0} to one of {1}")
  @CsvSource({"0,60", "0,900", "60,0", "900,0", "60,900", "900,60", "100,130"})
  void whatBothVersionsKnowGoesOnUnchanged(int before, int after) throws IOException {
    Version steady = new Version(0, null, new HeapPages());
    HeapPages pages = new HeapPages();
    Version old = new Version(before, null, pages);
    for (int second = 0; second < SAVED_AT; second++) {
      assertThat(old.sample(second)).isEqualTo(steady.sample(second));
      old.state.windows().putEndedPanes(pages);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    old.state.writeTo(new DataOutputStream(bytes));

    Version restored = new Version(after, old.book, pages);
    restored.state.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    long known = restored.own.newest() == Long.MIN_VALUE ? 0 : restored.own.count(after);
    assertThat(known).isBetween((long) Math.min(before, after), (long) Math.min(SAVED_AT, after));
    for (int second = SAVED_AT; second < END; second++) {
      assertThat(restored.sample(second)).isEqualTo(steady.sample(second));
      restored.state.windows().putEndedPanes(pages);
      for (int age = 0; age < Math.min(after, second - SAVED_AT + 1 + known); age++) {
        assertThat(restored.own.get(age)).isEqualTo(second - age);
      }
    }
    HeapPages anew = new HeapPages();
    Version same = new Version(after, null, anew);
    for (int second = 0; second < END; second++) {
      same.sample(second);
      same.state.windows().putEndedPanes(anew);
    }
    assertThat(anew.numbers()).containsAll(pages.numbers());
  }
}
