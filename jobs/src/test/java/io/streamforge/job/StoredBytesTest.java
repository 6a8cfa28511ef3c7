package io.streamforge.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StoredBytesTest {

  @Test
  void onlyBlocksThatChangedAreWritten() {
    byte[] bytes = new byte[5 * StoredBytes.BLOCK + 1];
    StoredBytes stored = new StoredBytes(new byte[0]);
    assertThat(stored.replace(bytes.clone())).containsOnlyKeys(0, 1, 2, 3, 4, 5);
    assertThat(stored.replace(bytes.clone())).isEmpty();
    bytes[StoredBytes.BLOCK] = 1;
    bytes[5 * StoredBytes.BLOCK] = 1;
    assertThat(stored.replace(bytes.clone())).containsOnlyKeys(1, 5);
  }

  @Property(tries = 300)
  void theBlocksAreTheBytes(@ForAll long seed) {
    Random random = new Random(seed);
    StoredBytes stored = new StoredBytes(new byte[0]);
    Map<Integer, byte[]> blocks = new TreeMap<>();
    byte[] bytes = {};
    for (int i = 0; i < 20; i++) {
      byte[] next = new byte[random.nextInt(4 * StoredBytes.BLOCK)];
      System.arraycopy(bytes, 0, next, 0, Math.min(bytes.length, next.length));
      for (int changes = random.nextInt(3); changes > 0 && next.length > 0; changes--) {
        next[random.nextInt(next.length)]++;
      }
      int blocksBefore = stored.blocks();
      blocks.putAll(stored.replace(next));
      for (int block = stored.blocks(); block < blocksBefore; block++) {
        blocks.remove(block);
      }
      ByteArrayOutputStream held = new ByteArrayOutputStream();
      blocks.values().forEach(held::writeBytes);
      assertThat(held.toByteArray()).isEqualTo(next);
      bytes = next;
    }
  }
}
