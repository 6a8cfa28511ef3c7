package io.streamforge.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The drills at their smallest, one after the other on a cluster that the second one scales. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillsTest {
  private static DrillCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        DrillCluster.withTaskManagers(
            1, "-Dexecution.checkpointing.interval=1 s", "-Dexecution.checkpointing.min-pause=0 s");
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  @Order(1)
  void catchesUp() throws Exception {
    CatchUpDrill.Figures log = new CatchUpDrill(1, 5, 5).run(cluster, System.err::println);
    assertThat(log.blind().marketSeconds()).isGreaterThan(1);
    assertThat(log.seeing().marketSeconds()).isGreaterThan(1);
    // Ten minutes have 601 samples, both ends among them; two more may have come since.
    assertThat(log.consumer().graphs()).isBetween(595L, 603L);
  }

  @Test
  @Order(2)
  void drainsABurst() throws Exception {
    BurstDrill.Figures burst = new BurstDrill(5, 50, 20, 5, 5).run(cluster, System.err::println);
    assertThat(burst.oneWorker()).isBetween(300.0, 1_100.0); // it keeps up with so few
    assertThat(burst.usualAgeSeconds()).isBetween(0.0, 10.0);
    // Graphs may be as new as before while the first checkpoint is still to come.
    assertThat(burst.scaleSeconds()).isBetween(1.0, 200.0);
    assertThat(burst.drainSeconds()).isBetween(1.0, 200.0);
  }

  @Test
  @Order(3)
  void recovers() throws Exception {
    List<RecoveryDrill.Kill> kills = new RecoveryDrill(1, 5, 50).run(cluster, kill -> {});
    assertThat(kills).hasSize(1);
    assertThat(kills.get(0).graph()).isBetween(1.0, 60.0);
    assertThat(kills.get(0).caughtUp()).isGreaterThanOrEqualTo(kills.get(0).graph());
  }
}
