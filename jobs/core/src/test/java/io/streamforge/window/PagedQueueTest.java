package io.streamforge.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PagedQueueTest {
  private static final int PAGE = PagedQueue.PAGE;
  private static final long FIRST_KEY = 101L << 56;

  private final HeapPages pages = new HeapPages();

  private PagedQueue<Long> queue() {
    return new PagedQueue<>(PagedQueueTest::write, DataInput::readLong, pages, FIRST_KEY);
  }

  private static void write(Long entry, DataOutput out) throws IOException {
    out.writeLong(entry);
  }

  private static byte[] header(PagedQueue<Long> queue) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    queue.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private PagedQueue<Long> restarted(PagedQueue<Long> queue) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(header(queue));
    PagedQueue<Long> read = queue();
    read.readFrom(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return read;
  }

  @Property(tries = 300)
  void isAQueue(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    PagedQueue<Long> queue = queue();
    ArrayDeque<Long> plain = new ArrayDeque<>();
    long next = 0;
    for (int i = 0; i < 60; i++) {
      for (int added = random.nextInt(2 * PAGE); added > 0; added--) {
        queue.add(++next);
        plain.add(next);
      }
      if (random.nextInt(5) == 0) {
        queue = restarted(queue);
      }
      for (int taken = random.nextInt(2 * PAGE); taken > 0; taken--) {
        assertThat(queue.peek()).isEqualTo(plain.peek());
        assertThat(queue.poll()).isEqualTo(plain.poll());
        assertThat(queue.isEmpty()).isEqualTo(plain.isEmpty());
      }
    }
    while (!plain.isEmpty()) {
      assertThat(queue.poll()).isEqualTo(plain.poll());
    }
    assertThat(queue.poll()).isNull();
    assertThat(pages.numbers()).isEmpty();
  }

  /** What the heap holds is what the header holds, and that of the pages. */
  @Test
  void theHeapHoldsTwoPagesAtMost() throws IOException {
    PagedQueue<Long> queue = queue();
    for (long i = 0; i < 1000 * PAGE; i++) {
      queue.add(i);
      assertThat(header(queue)).hasSizeLessThan(2 * PAGE * Long.BYTES + 10);
    }
    assertThat(pages.numbers()).hasSize(999).contains(FIRST_KEY, FIRST_KEY + 998);
  }

  @Test
  void aShortQueueNeedsNoStore() throws IOException {
    PagedQueue<Long> queue = queue();
    for (long i = 0; i < 1000; i++) {
      queue.add(i);
      queue.add(i);
      assertThat(queue.poll()).isEqualTo(i);
      assertThat(queue.poll()).isEqualTo(i);
    }
    assertThat(pages.numbers()).isEmpty();
  }

  @Test
  void aPageOfAnotherVersionIsRefused() throws IOException {
    PagedQueue<Long> queue = queue();
    for (long i = 0; i < 2 * PAGE; i++) {
      queue.add(i);
    }
    pages.get(FIRST_KEY)[0] = 2;
    for (int i = 1; i < PAGE; i++) {
      queue.poll();
    }
    assertThatThrownBy(queue::poll)
        .isInstanceOf(IOException.class)
        .hasMessage("a page of a queue has version 2, this StreamForge reads 1");
  }
}
