package io.streamforge.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom: arrows run down the list of modules, and no two packages know each other. */
@AnalyzeClasses(packages = "io.streamforge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The modules from the ground up; a module is the packages that it owns. */
  private enum Module {
    CONNECTORS_CORE("settings", "market", "time", "wire", "topic", "record", "admission"),
    TESTKIT("testkit"),
    CONNECTORS_KAFKA("kafka", "state"),
    LOADER("loader"),
    JOBS_CORE(
        "section",
        "window",
        "catalogue",
        "mid",
        "book",
        "flow",
        "volatility",
        "instrument",
        "engine"),
    JOBS_RUNTIME("runtime"),
    MARKET_GRAPH("graph", "marketgraph"),
    CLI("cli"),
    BENCH("bench");

    private final List<String> packages;

    Module(String... packages) {
      this.packages = Stream.of(packages).map(name -> "io.streamforge." + name).toList();
    }

    private static Module of(JavaClass type) {
      for (Module module : values()) {
        for (String name : module.packages) {
          if (type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".")) {
            return module;
          }
        }
      }
      throw new IllegalStateException(type.getName() + " is in the package of no module");
    }
  }

  private static DescribedPredicate<JavaClass> in(Module module) {
    return DescribedPredicate.describe(
        "in " + module, type -> isOurs(type) && Module.of(type) == module);
  }

  private static DescribedPredicate<JavaClass> above(Module module) {
    return DescribedPredicate.describe(
        "above " + module, type -> isOurs(type) && Module.of(type).compareTo(module) > 0);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("io.streamforge.");
  }

  @ArchTest
  static void arrowsRunDown(com.tngtech.archunit.core.domain.JavaClasses classes) {
    for (Module module : Module.values()) {
      noClasses().that(in(module)).should().dependOnClassesThat(above(module)).check(classes);
    }
  }

  @ArchTest
  static final ArchRule MARKET_MATHEMATICS_KNOWS_NO_FLINK_AND_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.streamforge.market..",
              "io.streamforge.time..",
              "io.streamforge.wire..",
              "io.streamforge.admission..",
              "io.streamforge.window..",
              "io.streamforge.catalogue..",
              "io.streamforge.mid..",
              "io.streamforge.book..",
              "io.streamforge.flow..",
              "io.streamforge.volatility..",
              "io.streamforge.instrument..",
              "io.streamforge.engine..",
              "io.streamforge.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule TOPICS_AND_RECORDS_KNOW_NO_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage("io.streamforge.topic..", "io.streamforge.record..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  /** The second implementation shares nothing with the first. */
  @ArchTest
  static final ArchRule THE_REFERENCE_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.streamforge.testkit.reference..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "of another module", type -> isOurs(type) && Module.of(type) != Module.TESTKIT));

  /** What strangers send reaches no log: no line can be forged, no secret told, no disk filled. */
  @ArchTest
  static final ArchRule WHAT_READS_MESSAGES_LOGS_NOTHING =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.streamforge.cli..", "io.streamforge.bench..")
          .and()
          .doNotHaveFullyQualifiedName("io.streamforge.runtime.Arguments")
          .and() // which reads no message, and says of producers their numbers
          .doNotHaveFullyQualifiedName("io.streamforge.kafka.out.ForeignWriters")
          .and() // whose lines have nothing of a message
          .doNotHaveFullyQualifiedName("io.streamforge.loader.watch.LoaderLog")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "java.util.logging..")
          .orShould(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  /** Every package by itself, so that no two have arrows both ways. */
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return isOurs(type)
                      ? SliceIdentifier.of(type.getPackageName())
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "packages";
                }
              })
          .should()
          .beFreeOfCycles();
}
