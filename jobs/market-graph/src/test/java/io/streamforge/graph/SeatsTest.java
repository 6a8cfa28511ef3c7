package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private static final long SECOND = 1_000_000;
  private static final int DAY = 86_400;

  private static GraphSettings settings(int maxNodes, String... listed) {
    return settings(SECOND, maxNodes, listed);
  }

  private static GraphSettings settings(long intervalUs, int maxNodes, String... listed) {
    return new GraphSettings(
        "market",
        intervalUs,
        8,
        30,
        10,
        0,
        10 * SECOND,
        600_000,
        EdgeFilter.MST_KNN,
        0.5,
        maxNodes,
        intervalUs,
        new InstrumentRegistry(
            Stream.of(listed).collect(Collectors.toMap(id -> id, id -> InstrumentSpec.spot(1)))));
  }

  private static List<Node> nodes(Stream<String> ids) {
    return ids.map(id -> new Node(id, BookStatus.LIVE, 1, Double.NaN, new float[] {}, List.of()))
        .toList();
  }

  /** Who has a seat, when those of {@code ids} sample; a rewire time every ten seconds. */
  private static String at(Seats seats, int second, String ids) {
    List<Node> sampling = nodes(Arrays.stream(ids.split(" ")).filter(id -> !id.isEmpty()));
    return seats.of(second * SECOND, sampling, second % 10 == 0).stream()
        .map(Node::id)
        .collect(Collectors.joining(" "));
  }

  @Test
  void betweenRewireTimesOneThatIsNewTakesAFreeSeatAndNoOther() {
    Seats seats = new Seats(settings(2));
    assertThat(at(seats, 1, "b")).isEqualTo("b");
    assertThat(at(seats, 2, "a b c")).isEqualTo("a b");
    assertThat(seats.leftOut()).isEqualTo(1);
    assertThat(seats.firstLeftOut()).containsExactly("c");
    assertThat(at(seats, 3, "a b c")).isEqualTo("a b");
    assertThat(at(seats, 4, "a c d")).isEqualTo("a c"); // b is gone, c has waited for longer than d
    assertThat(at(seats, 5, "a b c")).isEqualTo("a c");
    assertThat(at(seats, 6, "a c")).isEqualTo("a c");
    assertThat(seats.leftOut()).isZero();
    assertThat(seats.firstLeftOut()).isEmpty();
  }

  @Test
  void atARewireTimeThoseThatSampledForLongestAreSeated() {
    Seats seats = new Seats(settings(2));
    at(seats, 1, "a b y z");
    assertThat(at(seats, 2, "b y z")).isEqualTo("b y"); // a pauses, and its seat goes to y
    assertThat(at(seats, 3, "a b y z")).isEqualTo("b y");
    assertThat(at(seats, 9, "a b y z")).isEqualTo("b y"); // nothing sampled, all begin anew
    assertThat(at(seats, 10, "a b y z")).isEqualTo("a b"); // ties by id
    assertThat(seats.firstLeftOut()).containsExactly("y", "z");
  }

  @Test
  void theRegistrysAreSeatedFirstAndKeepTheirSeatsForADayOfSilence() {
    Seats seats = new Seats(settings(2, "listed", "other"));
    assertThat(at(seats, 1, "a b")).isEqualTo("a b");
    assertThat(at(seats, 2, "a b listed")).isEqualTo("a b");
    assertThat(seats.firstLeftOut()).containsExactly("listed");
    assertThat(at(seats, 10, "a b listed")).isEqualTo("a listed");
    assertThat(at(seats, 11, "a b")).isEqualTo("a"); // its seat is kept
    assertThat(at(seats, 20, "a b")).isEqualTo("a");
    assertThat(at(seats, 25, "a b listed")).isEqualTo("a listed");
    assertThat(at(seats, 26, "a b")).isEqualTo("a");
    assertThat(at(seats, 25 + DAY, "a b")).isEqualTo("a");
    assertThat(at(seats, 26 + DAY, "a b")).isEqualTo("a b");
  }

  /** Fewer since a restore: no record may be larger than was checked. */
  @Test
  void thereAreNeverMoreThanSeats() {
    Seats before = new Seats(settings(3));
    at(before, 1, "a b c");
    Seats after = new Seats(settings(2));
    after.restore(List.copyOf(before.all()));
    assertThat(at(after, 2, "a b c")).isEqualTo("a b");
  }

  @Test
  void namesTheFirstTwentyThatAreLeftOut() {
    Seats seats = new Seats(settings(1));
    String ids =
        IntStream.range(0, 100).mapToObj("s%03d"::formatted).collect(Collectors.joining(" "));
    assertThat(at(seats, 1, ids)).isEqualTo("s000");
    assertThat(seats.leftOut()).isEqualTo(99);
    assertThat(seats.firstLeftOut())
        .isEqualTo(IntStream.range(1, 21).mapToObj("s%03d"::formatted).toList());
  }

  /** A job that began a day and ten minutes ago knows as much as one that has always run. */
  @Test
  void aReplacementAgreesAfterADayAndTenMinutes() {
    Map<String, Integer> begins =
        Map.of("z", -9 * DAY, "y", -9 * DAY, "x", -2 * DAY, "a", -100, "c", 600, "b", 700);
    Seats old = new Seats(settings(5 * SECOND, 3));
    Seats replacement = new Seats(settings(5 * SECOND, 3));
    int differ = 0;
    for (int second = -3 * DAY; second <= DAY + 1_200; second += 5) {
      int now = second;
      String ids =
          begins.entrySet().stream()
              .filter(each -> each.getValue() <= now)
              .map(Map.Entry::getKey)
              .filter(id -> !id.equals("y") || now < 40_000 || now > 40_300) // a silence
              .sorted()
              .collect(Collectors.joining(" "));
      String seated = at(old, second, ids);
      if (second >= 0) {
        boolean agrees = at(replacement, second, ids).equals(seated);
        differ += agrees ? 0 : 1;
        assertThat(agrees || second < DAY + 600).as("at %d", second).isTrue();
      }
    }
    assertThat(at(old, DAY + 1_210, "a b c x y z")).isEqualTo("a b c");
    assertThat(differ).isPositive(); // before, one of a rewire time of its own may be another
  }
}
