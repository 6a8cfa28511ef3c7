package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RecentIdsTest {
  @Property(tries = 20)
  void knowsTheLastIdsAsASetDoes(@ForAll long seed) {
    Random random = new Random(seed);
    RecentIds ids = new RecentIds();
    LinkedHashSet<Long> last = new LinkedHashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long id = random.nextBoolean() ? random.nextInt(4_000) : i * 8_192L;
      boolean isNew = !last.contains(id);
      assertThat(ids.add(id)).isEqualTo(isNew);
      if (isNew) {
        if (last.size() == 2_048) {
          last.remove(last.iterator().next());
        }
        last.add(id);
      }
    }
  }
}
