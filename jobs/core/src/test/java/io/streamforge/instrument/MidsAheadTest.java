package io.streamforge.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.mid.MidPath;
import io.streamforge.window.HeapPages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MidsAheadTest {
  private static final long SECOND_US = 1_000_000;
  private static final long START_US = 1_723_161_256 * SECOND_US;

  private final HeapPages pages = new HeapPages();

  private MidsAhead mids() {
    return new MidsAhead(pages, 102L << 56);
  }

  private static byte[] header(MidsAhead mids) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    mids.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private MidsAhead restarted(MidsAhead mids) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(header(mids));
    MidsAhead read = mids();
    read.readFrom(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return read;
  }

  /** Against a path that keeps all: samples behind by little and by much, and restarts. */
  @Property(tries = 200)
  void areThoseOfAPathThatKeepsAll(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    MidPath plain = new MidPath();
    MidsAhead mids = mids();
    long timeUs = START_US;
    long sampleUs = START_US;
    int behindSeconds = random.nextInt(100);
    for (int i = 0; i < 3_000; i++) {
      timeUs += random.nextInt(4) == 0 ? random.nextInt(500_000) : random.nextInt(50_000);
      double mid = random.nextInt(9) == 0 ? Double.NaN : 100 + random.nextInt(3);
      plain.set(timeUs, mid);
      mids.set(timeUs, mid);
      if (random.nextInt(50) == 0) {
        plain.interrupt();
        mids.interrupt();
        timeUs += random.nextInt(3) * SECOND_US;
        plain.set(timeUs, mid);
        mids.set(timeUs, mid);
      }
      if (random.nextInt(100) == 0) {
        mids = restarted(mids);
      }
      for (; sampleUs < timeUs - behindSeconds * SECOND_US; sampleUs += SECOND_US) {
        isSame(mids, plain, sampleUs, random);
      }
      behindSeconds = random.nextInt(200) == 0 ? random.nextInt(100) : behindSeconds;
    }
    for (; sampleUs < timeUs + SECOND_US; sampleUs += SECOND_US) {
      isSame(mids, plain, sampleUs, random);
    }
    assertThat(pages.numbers()).isEmpty();
  }

  private static void isSame(MidsAhead mids, MidPath plain, long sampleUs, Random random)
      throws IOException {
    mids.bringNear(sampleUs);
    MidPath near = mids.near();
    long fromUs = sampleUs - SECOND_US;
    assertThat(near.steps(fromUs, sampleUs)).isEqualTo(plain.steps(fromUs, sampleUs));
    assertThat(near.changes(fromUs, sampleUs)).isEqualTo(plain.changes(fromUs, sampleUs));
    for (int i = 0; i < 5; i++) {
      long askedUs = fromUs + random.nextLong(SECOND_US);
      long staleUs = 1 + random.nextLong(SECOND_US);
      assertThat((Double) near.asOf(askedUs, staleUs))
          .isEqualTo((Object) plain.asOf(askedUs, staleUs));
    }
    near.forgetBefore(sampleUs);
    plain.forgetBefore(sampleUs);
  }

  /** Ten minutes ahead, ten steps a second. */
  @Test
  void theHeapHoldsFewOfThem() throws IOException {
    MidsAhead mids = mids();
    for (int step = 0; step < 6_000; step++) {
      mids.set(START_US + step * MidPath.STEP_US, step);
      assertThat(header(mids)).hasSizeLessThan(100 * 25 + 20);
    }
    assertThat(pages.numbers()).hasSizeGreaterThan(300);
    mids.bringNear(START_US + 100 * SECOND_US);
    assertThat(mids.near().size()).isLessThan(1_100);
  }
}
