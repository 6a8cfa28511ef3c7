package io.streamforge.testkit.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A simulated run is what its documentation says. */
class SimulatedRunTest {

  private static List<SimulatedMessage> read(SimulatedRun run) {
    List<SimulatedMessage> messages = new ArrayList<>();
    for (SimulatedMessage m = run.next(); m != null; m = run.next()) {
      messages.add(m);
    }
    return messages;
  }

  private static List<String> lines(SimulatedVenue venue, long seed) {
    return read(new SimulatedRun(venue, seed)).stream().map(SimulatedMessage::toString).toList();
  }

  @Test
  void isTheSameForASeed() {
    for (SimulatedVenue venue : SimulatedVenue.values()) {
      assertThat(lines(venue, 1)).isEqualTo(lines(venue, 1)).isNotEqualTo(lines(venue, 2));
    }
  }

  @Test
  void receiptsDoNotRunBackwards() {
    for (SimulatedVenue venue : SimulatedVenue.values()) {
      for (long seed = 0; seed < 50; seed++) {
        List<SimulatedMessage> messages = read(new SimulatedRun(venue, seed));
        assertThat(messages).isNotEmpty();
        long ahead = 100_000; // which the venue's clock may be
        long lastUs = SimulatedRun.START_US - ahead;
        for (SimulatedMessage message : messages) {
          assertThat(message.record().receiveTimeUs()).isGreaterThanOrEqualTo(lastUs);
          assertThat(message.record().receiveTimeUs() + ahead)
              .isGreaterThan(message.state().timeUs());
          lastUs = message.record().receiveTimeUs();
        }
      }
    }
  }

  /** Without damage each message of a feed comes once a line, in order, and can be read. */
  @Test
  void aSoundRunTellsEveryChange() {
    int sound = 0;
    for (SimulatedVenue venue : SimulatedVenue.values()) {
      for (long seed = 0; seed < 100; seed++) {
        SimulatedRun run = new SimulatedRun(venue, seed);
        if (!run.sound()) {
          continue;
        }
        sound++;
        int[] last = new int[2 * run.books()];
        for (SimulatedMessage message : read(run)) {
          assertThat(message.legible()).isEqualTo(Legible.ALL);
          assertThat(message.note()).isEmpty();
          if (message.kind() == Kind.DELTA) {
            int feed = 2 * message.book() + (isLesser(message) ? 1 : 0);
            assertThat(message.ordinal()).isLessThanOrEqualTo(last[feed] + 1);
            last[feed] = Math.max(last[feed], message.ordinal());
          }
        }
      }
    }
    assertThat(sound).isGreaterThan(100);
  }

  private static boolean isLesser(SimulatedMessage message) {
    return message.depth() == 1 || (message.depth() == 50 && isOkx(message));
  }

  private static boolean isOkx(SimulatedMessage message) {
    return message.record().venue().equals("okx");
  }

  @Test
  void everyDamageHappens() {
    for (SimulatedVenue venue : SimulatedVenue.values()) {
      Set<Damage> seen = EnumSet.noneOf(Damage.class);
      Set<Damage> possible = EnumSet.noneOf(Damage.class);
      for (Damage damage : Damage.values()) {
        if (damage.appliesTo(venue)) {
          possible.add(damage);
        }
      }
      for (long seed = 0; seed < 300; seed++) {
        SimulatedRun run = new SimulatedRun(venue, seed);
        while (run.next() != null) {
          for (int book = 0; book < run.books(); book++) {
            if (run.lastDamage(book) != null) {
              seen.add(run.lastDamage(book));
            }
          }
        }
      }
      assertThat(seen).as(venue.name()).isEqualTo(possible);
    }
  }
}
