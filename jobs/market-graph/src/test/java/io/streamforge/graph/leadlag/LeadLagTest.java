package io.streamforge.graph.leadlag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.graph.PlantedPair;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of two paths is found again, and nothing where there is nothing. */
class LeadLagTest {
  private static final int MIDDLE = HayashiYoshida.shifts() / 2;

  private static List<LeadLag> pairs(
      int count, double correlation, int leadMs, double sourceRate, double targetRate) {
    RandomGenerator random = new SplittableRandom(leadMs);
    return IntStream.range(0, count)
        .mapToObj(i -> new PlantedPair(random, correlation, leadMs, sourceRate, targetRate))
        .map(PlantedPair::leadLag)
        .toList();
  }

  private static double share(List<LeadLag> pairs, double leadMs) {
    return pairs.stream().filter(pair -> pair.leadMs() == leadMs).count() / (double) pairs.size();
  }

  private static double mean(List<LeadLag> pairs, int shift) {
    return pairs.stream().mapToDouble(pair -> pair.correlations()[shift]).average().orElseThrow();
  }

  /** At so many observations a second the lead is found to the shift, almost always. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0, 1, 1, 0.95",
    "0.5, 0, 3, 3, 1",
    "0.5, 0, 0.5, 9, 0.8",
    "0.5, 200, 9, 9, 0.99",
    "-0.5, 200, 9, 9, 0.99",
    "0.3, 200, 9, 9, 0.95",
    "0.5, 1000, 3, 3, 0.99",
    "0.3, 1000, 9, 9, 0.99"
  })
  void aPlantedLeadIsFound(
      double correlation, int leadMs, double sourceRate, double targetRate, double atLeast) {
    List<LeadLag> pairs = pairs(100, correlation, leadMs, sourceRate, targetRate);
    assertThat(share(pairs, leadMs)).isGreaterThanOrEqualTo(atLeast);
    List<LeadLag> reversed = pairs.stream().map(LeadLag::reversed).toList();
    assertThat(share(reversed, -leadMs)).isEqualTo(share(pairs, leadMs));
    int shift =
        IntStream.range(0, HayashiYoshida.shifts())
            .filter(i -> HayashiYoshida.shiftMs(i) == leadMs)
            .findFirst()
            .orElseThrow();
    assertThat(mean(pairs, shift)).as("no Epps effect").isCloseTo(correlation, within(0.02));
  }

  /** Where there is too little to see it, no other lead is said in its place. */
  @ParameterizedTest
  @CsvSource({"0.5, 200, 1, 1", "0.3, 1000, 0.5, 0.5", "0.5, 0, 1, 1", "0.3, 0, 9, 9"})
  void aLeadThatCannotBeSeenIsNotMistakenForAnother(
      double correlation, int leadMs, double sourceRate, double targetRate) {
    List<LeadLag> pairs = pairs(250, correlation, leadMs, sourceRate, targetRate);
    long others =
        pairs.stream()
            .mapToDouble(LeadLag::leadMs)
            .filter(lead -> !Double.isNaN(lead) && lead != 0 && lead != leadMs)
            .count();
    assertThat(others).isLessThanOrEqualTo(5);
  }

  /** 1 000 pairs: a value in less than 4 %, a lead in less than 2 %, at any rates. */
  @ParameterizedTest
  @CsvSource({"0.3, 0.3", "0.3, 3", "1, 1", "3, 3", "9, 9"})
  void independentPathsHaveNoLead(double sourceRate, double targetRate) {
    List<LeadLag> pairs = pairs(1000, 0, 0, sourceRate, targetRate);
    double[] leads =
        pairs.stream().mapToDouble(LeadLag::leadMs).filter(l -> !Double.isNaN(l)).toArray();
    assertThat(leads.length).isLessThan(40);
    assertThat(Arrays.stream(leads).filter(lead -> lead != 0).count()).isLessThan(20);
    assertThat(pairs).allMatch(p -> Double.isNaN(p.leadMs()) == Double.isNaN(p.asymmetry()));
  }

  private static LeadLag of(double... byShift) {
    return new LeadLag(800, 800, 0, byShift); // noise 0.05
  }

  @Test
  void theLeadIsTheShiftOfTheLargestCorrelation() {
    LeadLag lead = of(0, 0, 0, 0.1, 0.2, 0.2, 0.2, -0.3, 0.35, 0.3, 0.1, 0, 0);
    assertThat(lead.leadMs()).isEqualTo(200);
    double ahead = 0.09 + 0.1225 + 0.09 + 0.01;
    double behind = 0.04 + 0.04 + 0.01;
    assertThat(lead.asymmetry())
        .isCloseTo((ahead - behind) / (ahead + behind), within(1e-15))
        .isEqualTo(-lead.reversed().asymmetry());
    assertThat(lead.reversed().leadMs()).isEqualTo(-200);
  }

  @Test
  void whatDoesNotStandOutOfTheNoiseIsNoLead() {
    double[] small = new double[13];
    small[MIDDLE + 3] = 0.1999;
    assertThat(of(small).leadMs()).isNaN();
    assertThat(of(small).asymmetry()).isNaN();
    small[MIDDLE + 3] = -0.2001;
    assertThat(of(small).leadMs()).isEqualTo(300);
    small[MIDDLE] = 0.1002;
    assertThat(of(small).leadMs()).isZero();
    assertThat(of(small).asymmetry()).isOne();
    assertThat(LeadLag.NONE.leadMs()).isNaN();
    assertThat(LeadLag.NONE.correlation(1, 1)).isNaN();
  }

  @Test
  void theCorrelationIsOfOtherVariances() {
    LeadLag lead = new LeadLag(50, 50, -6, new double[13]);
    assertThat(lead.correlation(9, 16)).isEqualTo(-0.5);
    assertThat(lead.reversed().correlation(16, 9)).isEqualTo(-0.5);
    assertThat(lead.correlation(0, 16)).isNaN();
    assertThat(lead.correlation(9, 0)).isNaN();
  }

  @Test
  void tiesGoToTheSmallestShiftAndBetweenBothSidesToNobody() {
    double[] tied = new double[13];
    tied[MIDDLE + 1] = 0.4;
    tied[MIDDLE + 4] = 0.4;
    tied[MIDDLE - 4] = -0.4;
    assertThat(of(tied).leadMs()).isEqualTo(100);
    tied[MIDDLE + 1] = 0;
    assertThat(of(tied).leadMs()).isZero();
    assertThat(of(tied).reversed().leadMs()).isZero();
    assertThat(of(tied).asymmetry()).isZero();
  }
}
