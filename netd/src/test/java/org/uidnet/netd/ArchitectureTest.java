package org.uidnet.netd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.uidnet.api.HostPort;

/**
 * The shape of the whole program, on the classes of all seven modules.
 *
 * <p>The poms keep the module graph; these rules keep what a class path cannot see. They may be
 * empty while the code that they speak of is not there yet.
 */
@AnalyzeClasses(packages = "org.uidnet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String PROGRAMS = "org.uidnet.programs..";
  private static final String STATS = "org.uidnet.stats..";
  private static final String FIREWALL = "org.uidnet.firewall..";
  private static final String API = "org.uidnet.api..";
  private static final String[] CLIENT = {"org.uidnet.api.client..", "org.uidnet.api.model.."};
  private static final String NETD = "org.uidnet.netd..";
  private static final String COMMANDS = "org.uidnet.netd.command..";
  private static final String DBUS = "org.uidnet.netd.dbus..";
  private static final String SYS = "org.uidnet.netd.sys..";
  private static final String JNA = "com.sun.jna..";
  private static final String H2 = "org.h2..";
  private static final String JETTY = "org.eclipse.jetty..";
  private static final String[] JSON = {"com.fasterxml.jackson..", "tools.jackson.."};

  /** Without this, rules that may be empty would pass on nothing at all. */
  @ArchTest
  static void everyModuleIsLookedAt(JavaClasses classes) {
    assertThat(classes)
        .extracting(JavaClass::getPackageName)
        .contains(
            "org.uidnet.programs",
            "org.uidnet.simulator",
            "org.uidnet.stats",
            "org.uidnet.fleet",
            "org.uidnet.firewall",
            "org.uidnet.api",
            "org.uidnet.netd");
  }

  @ArchTest
  static final ArchRule nativeCalls_onlyInSys =
      noClasses()
          .that()
          .resideOutsideOfPackage(SYS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JNA)
          .because("netd.sys is the one door to the kernel: one call per method, no policy")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule commands_talkHttpOnly =
      noClasses()
          .that(areCommandsThatAskTheDaemon())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROGRAMS, STATS, FIREWALL, H2, SYS)
          .because(
              "commands ask the daemon through org.uidnet.api.client and never open its databases"
                  + " or maps; only Check* and Unload* work without a daemon")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule checkAndUnload_leaveTheDatabasesAlone =
      noClasses()
          .that()
          .resideInAPackage(COMMANDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STATS, H2)
          .because("the daemon alone opens the databases")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule mainMethods_onlyInNetd =
      methods()
          .that()
          .haveName("main")
          .and()
          .arePublic()
          .and()
          .areStatic()
          .and()
          .haveRawParameterTypes(String[].class)
          .should()
          .beDeclaredInClassesThat()
          .resideInAPackage(NETD)
          .because("netd is the only program; the other modules are libraries")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule jetty_onlyInApi =
      noClasses()
          .that()
          .resideOutsideOfPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JETTY)
          .because("api is the only module that knows HTTP")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule messageBus_onlyInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(DBUS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.freedesktop..")
          .because("what services of the host tell is facts by the time that others see it")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule client_needsTheJdkAndJacksonOnly =
      classes()
          .that()
          .resideInAnyPackage(CLIENT)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CLIENT)
                  .or(resideInAnyPackage(JSON))
                  .or(resideInAnyPackage("java..", "javax.net..", "org.jspecify.annotations.."))
                  .or(resideInAnyPackage(PROGRAMS, STATS, FIREWALL))
                  .or(equivalentTo(HostPort.class)))
          .because(
              "other programs use the client without the server; of the other modules it takes"
                  + " values only, as api's ClientJarIT proves");

  @ArchTest
  static final ArchRule json_onlyInApiAndTheConfiguration =
      noClasses()
          .that()
          .resideOutsideOfPackages(API, NETD)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JSON)
          .because("api is the only module that knows JSON; netd reads its YAML configuration")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule databases_onlyInTheirModules =
      noClasses()
          .that()
          .resideOutsideOfPackages(STATS, FIREWALL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(H2)
          .because("stats-service owns history.mv.db and firewall owns policy.mv.db")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule telemetry_onlyInFleet =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.uidnet.fleet..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..")
          .because("libraries of sinks are loaded for whoever asked for the sink, and for no other")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule modules_haveNoCycles =
      slices().matching("org.uidnet.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> areCommandsThatAskTheDaemon() {
    DescribedPredicate<JavaClass> withoutDaemon =
        simpleNameStartingWith("Check").or(simpleNameStartingWith("Unload"));
    return resideInAnyPackage(COMMANDS)
        .and(DescribedPredicate.not(withoutDaemon))
        .as("are commands that ask the daemon");
  }
}
