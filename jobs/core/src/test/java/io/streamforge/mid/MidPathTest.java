package io.streamforge.mid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MidPathTest {
  private static final long NEVER_STALE = Long.MAX_VALUE;

  @Test
  void asksForWhatWasStrictlyBeforeTheLastStep() {
    MidPath path = new MidPath();
    path.set(100_000, 1);
    path.set(199_999, 2);
    path.set(200_000, 3);
    assertThat(path.asOf(199_999, NEVER_STALE)).isNaN(); // as of 100 000
    assertThat(path.asOf(200_000, NEVER_STALE)).isEqualTo(2);
    assertThat(path.asOf(299_999, NEVER_STALE)).isEqualTo(2);
    assertThat(path.asOf(300_000, NEVER_STALE)).isEqualTo(3);
  }

  @Test
  void aMidOlderThanStaleAfterIsNone() {
    MidPath path = new MidPath();
    path.set(150_000, 1);
    assertThat(path.asOf(1_150_000, 950_000)).isEqualTo(1); // as of 1 100 000
    assertThat(path.asOf(1_150_000, 949_999)).isNaN();
  }

  @Test
  void noMidIsRememberedToo() {
    MidPath path = new MidPath();
    path.set(50_000, 1);
    path.set(150_000, Double.NaN);
    assertThat(path.asOf(150_000, NEVER_STALE)).isEqualTo(1);
    assertThat(path.asOf(200_000, NEVER_STALE)).isNaN();
  }

  /** Against the rule itself, over any times, with what is past forgotten now and then. */
  @Property(tries = 300)
  void followsTheRule(
      @ForAll @Size(max = 60) List<@IntRange(max = 400_000) Integer> steps,
      @ForAll @IntRange(max = 2_000_000) int staleAfterUs) {
    MidPath path = new MidPath();
    NavigableMap<Long, Double> all = new TreeMap<>();
    long now = 0;
    long forgottenUs = 0;
    for (int step : steps) {
      now += step;
      double mid = step % 7 == 0 ? Double.NaN : step;
      path.set(now, mid);
      all.put(now, mid);
      if (step % 5 == 0) {
        forgottenUs = Math.max(forgottenUs, now / 1_000_000 * 1_000_000);
        path.forgetBefore(forgottenUs);
      }
      for (long ask = forgottenUs; ask < now + 300_000; ask += 33_333) {
        NavigableMap<Long, Double> before = all.headMap(ask / 100_000 * 100_000, false);
        boolean none =
            before.isEmpty() || ask / 100_000 * 100_000 - before.lastKey() > staleAfterUs;
        Double expected = none ? (Double) Double.NaN : before.lastEntry().getValue();
        assertThat((Double) path.asOf(ask, staleAfterUs)).isEqualTo((Object) expected);
      }
    }
  }

  /** A step of 100 ms: 1 until 2 came and stayed, though a message said so again. */
  @Test
  void aChangeHasTheTimeSinceWhichTheMidHasStood() {
    MidPath path = new MidPath();
    path.set(50_000, 1);
    path.set(90_000, 1);
    path.set(110_000, 3);
    path.set(120_000, 2);
    path.set(190_000, 2);
    path.set(210_000, 3);
    path.set(220_000, 2); // back before the step's end: no change
    path.set(390_000, 4);
    assertThat(path.changes(0, 1_000_000))
        .containsExactly(
            new MidChange(120_000, 70_000, StrictMath.log(2)),
            new MidChange(390_000, 270_000, StrictMath.log(2)));
    assertThat(path.changes(200_000, 300_000)).isEmpty();
    path.forgetBefore(300_000);
    assertThat(path.changes(300_000, 400_000))
        .containsExactly(new MidChange(390_000, 270_000, StrictMath.log(2)));
  }

  @Test
  void noChangeRunsAcrossAStepWithoutAMidOrASilence() {
    MidPath path = new MidPath();
    path.set(50_000, 1);
    path.set(150_000, Double.NaN);
    path.set(160_000, 2); // healed before the step's end
    path.set(250_000, Double.NaN);
    path.set(350_000, 3);
    path.set(450_000, 6);
    path.interrupt();
    path.set(70_000_000, 6);
    path.set(70_100_000, 3);
    assertThat(path.changes(0, 80_000_000))
        .containsExactly(
            new MidChange(160_000, 110_000, StrictMath.log(2)),
            new MidChange(450_000, 100_000, StrictMath.log(2)),
            new MidChange(70_100_000, 100_000, -StrictMath.log(2)));
  }

  @Test
  void aMidThatStoodForLongIsSaidToHaveStoodForTenMinutes() {
    MidPath path = new MidPath();
    path.set(0, 1);
    for (int minute = 1; minute < 20; minute++) {
      path.set(minute * 60_000_000L, 1);
      path.forgetBefore(minute * 60_000_000L);
    }
    path.set(1_200_000_000, 2);
    assertThat(path.changes(0, 2_000_000_000))
        .containsExactly(new MidChange(1_200_000_000, 600_000_000, StrictMath.log(2)));
  }

  /** Asked sample by sample, forgotten and written in between, or all at once: the same. */
  @Property(tries = 300)
  void changesDoNotDependOnWhenTheyAreAskedFor(
      @ForAll @Size(max = 80) List<@IntRange(max = 150_000) Integer> pauses) throws IOException {
    MidPath whole = new MidPath();
    MidPath sampled = new MidPath();
    List<MidChange> changes = new ArrayList<>();
    long now = 0;
    long sample = 1_000_000;
    for (int pause : pauses) {
      now += pause;
      for (; now >= sample + 300_000; sample += 1_000_000) { // some of the next sample is here
        changes.addAll(sampled.changes(sample - 1_000_000, sample));
        sampled.forgetBefore(sample);
        sampled = copy(sampled);
      }
      double mid = pause % 7 == 0 ? Double.NaN : 1 + pause % 3;
      if (pause % 13 == 0) {
        whole.interrupt();
        sampled.interrupt();
      }
      whole.set(now, mid);
      sampled.set(now, mid);
    }
    changes.addAll(sampled.changes(sample - 1_000_000, Long.MAX_VALUE));
    assertThat(changes).isEqualTo(whole.changes(0, Long.MAX_VALUE));
    assertThat(changes.stream().map(c -> c.timeUs() / MidPath.STEP_US)).doesNotHaveDuplicates();
  }

  private static MidPath copy(MidPath path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    path.writeTo(new DataOutputStream(bytes));
    MidPath read = new MidPath();
    read.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }
}
