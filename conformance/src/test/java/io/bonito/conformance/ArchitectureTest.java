package io.bonito.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md, and what no class of the driver may do. */
class ArchitectureTest {
  private static final JavaClasses BONITO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.bonito");

  private static final String PROTOCOL = "io.bonito.protocol";
  private static final String[] LIBRARIES = {
    "io.bonito.protocol..",
    "io.bonito.transport..",
    "io.bonito.netty..",
    "io.bonito.jdbc..",
    "io.bonito.async..",
    "io.bonito.r2dbc..",
    "io.bonito.pool.."
  };

  /** The packages of protocol from the top down: a package may use those after it, none before. */
  private static final List<String> LAYERS =
      List.of(
          "",
          ".tls",
          ".exchange",
          ".auth",
          ".row",
          ".value",
          ".option",
          ".failure",
          ".message",
          ".sql",
          ".packet",
          ".buffer");

  // --- arrows ---

  @Test
  void protocolStandsOnJavaAlone() {
    mayUse("io.bonito.protocol..", "java..", "javax.crypto..", "javax.net.ssl..");
  }

  @Test
  void transportStandsOnProtocol() {
    mayUse(
        "io.bonito.transport..",
        "io.bonito.protocol..",
        "java..",
        "javax.crypto..",
        "javax.net..",
        "javax.security.auth..");
  }

  @Test
  void nettyStandsOnProtocolAndNotOnTransport() {
    mayUse("io.bonito.netty..", "io.bonito.protocol..", "io.netty..", "java..", "javax.net.ssl..");
  }

  @Test
  void asyncStandsOnNettyAndNotOnTransport() {
    mayUse("io.bonito.async", "io.bonito.netty..", "io.bonito.protocol..", "io.netty..", "java..");
  }

  /** Of JDBC it has the exception by whose numbers the pools judge. */
  @Test
  void asyncPoolStandsOnAsyncAndThePoolsEngine() {
    mayUse(
        "io.bonito.async.pool..",
        "io.bonito.async",
        "io.bonito.netty..",
        "io.bonito.pool",
        "io.bonito.pool.argument..",
        "io.bonito.pool.jdbc..",
        "io.bonito.pool.kind..",
        "io.bonito.pool.lending..",
        "io.bonito.protocol..",
        "io.netty..",
        "java..");
  }

  /** No library for reactive programs, but the interfaces that all of them share. */
  @Test
  void r2dbcStandsOnAsyncAndTwoInterfaces() {
    mayUse(
        "io.bonito.r2dbc..",
        "io.bonito.async..",
        "io.bonito.netty..",
        "io.bonito.protocol..",
        "io.netty..",
        "io.r2dbc.spi..",
        "org.reactivestreams..",
        "java..");
  }

  @Test
  void jdbcStandsOnTransport() {
    mayUse(
        "io.bonito.jdbc..",
        "io.bonito.transport..",
        "io.bonito.protocol..",
        "java..",
        "javax.sql..",
        "javax.transaction.xa..",
        "javax.xml..",
        "org.xml.sax..",
        "javax.net..",
        "javax.security.auth..",
        "com.zaxxer.hikari",
        "jdk.jfr..");
    noClasses()
        .that(resideInAPackage("io.bonito.jdbc.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.jdbc.hikari")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.zaxxer.hikari..", "io.bonito.jdbc.hikari"))
        .because("most have another pool")
        .check(BONITO);
    noClasses()
        .that(resideInAPackage("io.bonito.jdbc.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.jdbc.recording..")))
        .should()
        .dependOnClassesThat(resideInAPackage("jdk.jfr.."))
        .because("a JVM may be without")
        .check(BONITO);
  }

  @Test
  void poolStandsOnJavaAlone() {
    mayUse(
        "io.bonito.pool..",
        "java..",
        "javax.sql..",
        "javax.management..",
        "javax.naming..",
        "jdk.jfr..",
        "io.bonito.jdbc..",
        "io.bonito.transport..",
        "org.crac..");
    noClasses()
        .that(resideInAPackage("io.bonito.pool.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.pool.bonito..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.bonito.jdbc..", "io.bonito.transport.."))
        .because("the driver is not there for those who pool another")
        .check(BONITO);
    noClasses()
        .that(resideInAPackage("io.bonito.pool.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.pool.crac..")))
        .should()
        .dependOnClassesThat(resideInAPackage("org.crac.."))
        .because("few have it")
        .check(BONITO);
    noClasses()
        .that(resideInAPackage("io.bonito.pool.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.pool.recording..")))
        .should()
        .dependOnClassesThat(resideInAPackage("jdk.jfr.."))
        .because("a JVM may be without")
        .check(BONITO);
    noClasses()
        .that(resideInAPackage("io.bonito.pool.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.pool.management..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("javax.management..", "java.lang.management.."))
        .because("a JVM may be without")
        .check(BONITO);
  }

  /** What Boot 3.5 and 4 have in common is all that there is of Spring. */
  @Test
  void theStarterStandsOnThePoolAndSpring() {
    mayUse(
        "io.bonito.spring..",
        "io.bonito.pool..",
        "java..",
        "javax.sql..",
        "org.springframework..",
        "org.aopalliance.intercept..",
        "org.reactivestreams..");
    noClasses()
        .that(resideInAPackage("io.bonito.spring.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.springframework.boot.autoconfigure.jdbc.."))
        .because("Boot 4 has it elsewhere")
        .check(BONITO);
  }

  @Test
  void frameworksSeeThePoolAndNothingBelowIt() {
    mayUse("io.bonito.cdi..", "io.bonito.pool..", "java..", "jakarta..");
    mayUse("io.bonito.hibernate..", "io.bonito.pool..", "java..", "org.hibernate..");
  }

  /** What lends does not know what it lends. */
  @Test
  void thePoolsEngineKnowsNoSql() {
    noClasses()
        .that(resideInAnyPackage("io.bonito.pool.lending..", "io.bonito.pool.kind.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
        .check(BONITO);
  }

  @Test
  void testkitKnowsNothingOfTheDriver() {
    noClasses()
        .that(resideInAPackage("io.bonito.testkit.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.bonito..")
                .and(DescribedPredicate.not(resideInAPackage("io.bonito.testkit.."))))
        .check(BONITO);
  }

  @Test
  void integrationKitKnowsNoTransport() {
    noClasses()
        .that(resideInAPackage("io.bonito.integrationkit.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.bonito.transport..",
                "io.bonito.netty..",
                "io.bonito.jdbc..",
                "io.bonito.async..",
                "io.bonito.r2dbc.."))
        .check(BONITO);
  }

  static List<String> layers() {
    return LAYERS.subList(1, LAYERS.size());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void packagesOfProtocolUseOnlyThoseBelow(String layer) {
    String[] above =
        LAYERS.subList(0, LAYERS.indexOf(layer)).stream()
            .map(PROTOCOL::concat)
            .toArray(String[]::new);
    noClasses()
        .that(resideInAPackage(PROTOCOL + layer))
        .should()
        .dependOnClassesThat(resideInAnyPackage(above))
        .allowEmptyShould(false)
        .check(BONITO);
  }

  @Test
  void everyPackageOfProtocolHasItsPlaceInTheOrder() {
    classes()
        .that(resideInAPackage("io.bonito.protocol.."))
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.resideInAnyPackage(
                LAYERS.stream().map(PROTOCOL::concat).toArray(String[]::new)))
        .check(BONITO);
  }

  @Test
  void noPackagesFormACycle() {
    slices().matching("io.bonito.(**)").should().beFreeOfCycles().check(BONITO);
  }

  // --- what protocol never does ---

  @Test
  void protocolKnowsNoSocketThreadClockLockOrLog() {
    // In tls the trust manager's own interface has methods that take a socket.
    noClasses()
        .that(resideInAPackage("io.bonito.protocol.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.protocol.tls..")))
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.net..")
                // Text that looks like an address is not a socket, nor is an INET6 value.
                .and(
                    DescribedPredicate.not(
                        nameMatching(
                            "java\\.net\\.(URI.*|URLDecoder|URLEncoder"
                                + "|InetAddress|UnknownHostException)"))))
        .check(BONITO);
    calls(
        "io.bonito.protocol.tls..",
        "uses a socket",
        Pattern.compile("java\\.net\\.(.*Socket|InetAddress|URL)\\..*"));
    noClasses()
        .that(resideInAPackage("io.bonito.protocol.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.nio.channels..", "java.util.concurrent.locks..", "java.util.logging..")
                .or(nameMatching("java\\.io\\.(File|RandomAccess).*"))
                .or(nameMatching("java\\.lang\\.(Thread|System\\$Logger|Process)\\b.*"))
                .or(nameMatching("java\\.util\\.(Timer.*)"))
                .or(nameMatching("java\\.time\\.(Clock|InstantSource)"))
                .or(
                    nameMatching(
                        "java\\.util\\.concurrent\\.(.*Execut.*|.*Future.*|ForkJoin.*|CountDownLatch"
                            + "|Semaphore|Phaser|CyclicBarrier|Exchanger|.*Queue|.*Deque)")))
        .check(BONITO);
  }

  /** Keys and certificates: read when options are, never while a session runs. */
  @Test
  void protocolReadsNoFilesButThoseThatOptionsName() {
    noClasses()
        .that(resideInAPackage("io.bonito.protocol.."))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.protocol.tls..")))
        .and(DescribedPredicate.not(nameMatching("io\\.bonito\\.protocol\\.SessionOptions")))
        .should()
        .dependOnClassesThat(resideInAPackage("java.nio.file.."))
        .check(BONITO);
  }

  @Test
  void protocolNeverAsksTheTimeNorWaits() {
    calls(
        "io.bonito.protocol..",
        "reads a clock or waits",
        Pattern.compile(
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis|getLogger|exit)"
                + "|java\\.time\\.\\w+\\.now"
                + "|java\\.util\\.Date\\.<init>"
                + "|java\\.net\\.InetAddress\\.(getByName|getAllByName|getLocalHost|isReachable)"
                + "|java\\.net\\.InetAddress\\.(getHostName|getCanonicalHostName)"
                + "|java\\.lang\\.Object\\.(wait|notify|notifyAll)"));
  }

  @Test
  void protocolTakesItsRandomnessFromOutside() {
    calls(
        "io.bonito.protocol..",
        "makes its own randomness",
        Pattern.compile(
            "java\\.util\\.(Random|SplittableRandom)\\.<init>"
                + "|java\\.security\\.SecureRandom\\.(<init>|getInstance.*)"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*"
                + "|java\\.util\\.random\\.RandomGenerator\\.(getDefault|of)"
                + "|java\\.lang\\.Math\\.random"
                + "|java\\.util\\.UUID\\.randomUUID"));
  }

  // --- what no library of ours does ---

  @Test
  void noClassIsFoundByItsName() {
    for (String library : LIBRARIES) {
      calls(
          library,
          "finds a class by its name",
          Pattern.compile("java\\.lang\\.(Class\\.forName|ClassLoader\\.(loadClass|defineClass))"));
    }
  }

  @Test
  void nothingIsDeserializedAndNoNameIsLookedUp() {
    noClasses()
        .that(resideInAPackage("io.bonito.pool.naming.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("javax.naming..")
                .and(
                    DescribedPredicate.not(
                        nameMatching(
                            "javax\\.naming\\.(Context|Name|NamingException|Reference|RefAddr"
                                + "|StringRefAddr|spi\\.ObjectFactory)"))))
        .because("it reads a reference and looks nothing up")
        .check(BONITO);
    calls("io.bonito.pool.naming", "looks up", Pattern.compile("javax\\.naming\\.Context\\..*"));
    noClasses()
        .that(resideInAnyPackage(LIBRARIES))
        .and(DescribedPredicate.not(resideInAPackage("io.bonito.pool.naming..")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("javax.naming..", "javax.script..", "java.rmi..", "java.beans..")
                .or(nameMatching("java\\.io\\.(ObjectInput.*|ObjectOutputStream)"))
                .or(nameMatching("java\\.util\\.logging\\..*Handler")))
        .check(BONITO);
  }

  @Test
  void noFileIsWritten() {
    noClasses()
        .that(resideInAnyPackage(LIBRARIES))
        .should()
        .dependOnClassesThat(
            nameMatching(
                "java\\.io\\.(FileOutputStream|FileWriter|RandomAccessFile)"
                    + "|java\\.nio\\.channels\\..*FileChannel"))
        .check(BONITO);
    for (String library : LIBRARIES) {
      calls(
          library,
          "writes a file",
          Pattern.compile(
              "java\\.nio\\.file\\.Files\\.(create.*|write.*|newOutputStream|newBufferedWriter"
                  + "|newByteChannel|copy|move|delete.*|set.*)"
                  + "|java\\.io\\.File\\.(createTempFile|createNewFile|mkdirs?|delete.*)"
                  + "|java\\.io\\.(PrintStream|PrintWriter)\\.<init>\\(java\\.(io\\.File|lang\\.String).*"));
    }
  }

  @Test
  void nothingIsPrinted() {
    noClasses()
        .that(resideInAnyPackage(LIBRARIES))
        .should()
        .accessTargetWhere(
            describe(
                "prints",
                access ->
                    isMember(access, Pattern.compile("java\\.lang\\.System\\.(out|err)"))
                        || isMember(access, Pattern.compile(".*\\.printStackTrace"))))
        .check(BONITO);
  }

  @Test
  void packagesAreNamedForWhatTheyHold() {
    noClasses()
        .that(resideInAPackage("io.bonito.."))
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.resideInAnyPackage(
                "..util..",
                "..utils..",
                "..impl..",
                "..common..",
                "..helper..",
                "..helpers..",
                "..manager..",
                "..misc..",
                "..internal.."))
        .check(BONITO);
  }

  // --- words ---

  private static void mayUse(String ours, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    allowed.add(ours);
    allowed.add("org.jspecify.annotations");
    classes()
        .that(resideInAPackage(ours))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new))
                .or(describe("are primitive", ArchitectureTest::isPrimitive)))
        .check(BONITO);
  }

  private static void calls(String from, String what, Pattern target) {
    noClasses()
        .that(resideInAPackage(from))
        .should()
        .accessTargetWhere(describe(what, access -> isMember(access, target)))
        .check(BONITO);
  }

  private static boolean isMember(JavaAccess<?> access, Pattern pattern) {
    AccessTarget target = access.getTarget();
    String name = target.getOwner().getFullName() + "." + target.getName();
    return pattern.matcher(name).matches() || pattern.matcher(target.getFullName()).matches();
  }

  private static boolean isPrimitive(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive() || Set.of("void").contains(base.getName());
  }
}
