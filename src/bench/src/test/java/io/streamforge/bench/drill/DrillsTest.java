package io.streamforge.bench.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The drills at their smallest, so that they do not rot. */
@Tag("soak")
@Timeout(300)
class DrillsTest {
  @Test
  void recovers() throws Exception {
    List<RecoveryDrill.Kill> kills = new RecoveryDrill(1, 5, 50).run(kill -> {});
    assertThat(kills).hasSize(1);
    assertThat(kills.get(0).graph()).isBetween(1.0, 60.0);
    assertThat(kills.get(0).caughtUp()).isGreaterThanOrEqualTo(kills.get(0).graph());
  }

  @Test
  void drainsABurst() throws Exception {
    BurstDrill.Figures burst = new BurstDrill(5, 50, 20, 5).run(line -> {});
    assertThat(burst.oneWorker()).isBetween(300.0, 1_100.0); // it keeps up with so few
    assertThat(burst.usualAgeSeconds()).isBetween(0.0, 3.0);
    // Graphs may be as new as before while the first checkpoint is still to come.
    assertThat(burst.scaleSeconds()).isBetween(1.0, 200.0);
    assertThat(burst.drainSeconds()).isBetween(1.0, 200.0);
  }

  @Test
  void catchesUp() throws Exception {
    CatchUpDrill.Figures log = new CatchUpDrill(1, 5, 5).run(line -> {});
    assertThat(log.blind().marketSeconds()).isGreaterThan(1);
    assertThat(log.seeing().marketSeconds()).isGreaterThan(1);
    // Ten minutes have 601 samples, both ends among them; two more may have come since.
    assertThat(log.consumer().graphs()).isBetween(595L, 603L);
  }
}
