package io.streamforge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** The walls of the house. */
@AnalyzeClasses(packages = "io.streamforge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule MARKET_MATHEMATICS_KNOWS_NO_FLINK_AND_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.streamforge.market..",
              "io.streamforge.wire..",
              "io.streamforge.catalogue..",
              "io.streamforge.book..",
              "io.streamforge.flow..",
              "io.streamforge.volatility..",
              "io.streamforge.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule CONNECTORS_KNOW_NO_JOBS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.streamforge.market..",
              "io.streamforge.wire..",
              "io.streamforge.kafka..",
              "io.streamforge.state..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.streamforge.catalogue..",
              "io.streamforge.book..",
              "io.streamforge.flow..",
              "io.streamforge.volatility..",
              "io.streamforge.graph..",
              "io.streamforge.job..");

  /** What strangers send reaches no log: no line can be forged, no secret told, no disk filled. */
  @ArchTest
  static final ArchRule WHAT_READS_MESSAGES_LOGS_NOTHING =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.streamforge.local..")
          .and()
          .doNotHaveFullyQualifiedName("io.streamforge.job.Arguments")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "java.util.logging..")
          .orShould(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule NOTHING_KNOWS_WHAT_RUNS_IT =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.streamforge.local..", "io.streamforge.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.streamforge.local..", "io.streamforge.bench..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.streamforge.(*)..").should().beFreeOfCycles();
}
