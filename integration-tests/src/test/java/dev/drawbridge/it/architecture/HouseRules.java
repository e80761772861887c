package dev.drawbridge.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// The rules of the house about who may know whom, for one root package. Production code lives under one root, code
/// that breaks every rule on purpose under another, so that each rule is seen to bite.
///
/// @param root `dev.drawbridge`, or the root of the broken house
/// @param connectors the connectors' package names
record HouseRules(String root, List<String> connectors) {
    private static final String[] MONGO = {"com.mongodb..", "org.bson..", "de.bwaldvogel..", "org.h2.."};

    /// Every rule by a sentence.
    Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("the model knows the JDK and JSpecify, nothing else", modelKnowsNobody());
        rules.put("forms of text know the model, nothing else", formsOfTextKnowTheModel());
        rules.put("translators do no I/O and know no store, wire or endpoint", translatorsDoNoIo());
        rules.put("translators read neither clock nor randomness", translatorsReadNoClock());
        rules.put("Camel stays in engine.camel", camelStaysHome());
        rules.put("Spring stays in engine.spring, console and config", springStaysHome());
        rules.put("Mongo stays in bridge-mongo, testkit and connectors' store", mongoStaysHome());
        rules.put("connectors know the model, forms of text and themselves, nobody else", connectorsKnowOnlyTheModel());
        rules.put("protocol types are usable without the bridge", protocolTypesStandAlone());
        rules.put("only config sees connectors", onlyConfigSeesConnectors());
        rules.put("there are no cycles", noCycles());
        rules.put("every package is null-marked", everyPackageIsNullMarked());
        rules.put("types are nouns of the field", typesAreNouns());
        rules.put("nothing is mutable and static", noMutableStatics());
        return rules;
    }

    private String in(String packages) {
        return root + '.' + packages;
    }

    private String[] inEachConnector(String packages) {
        return connectors.stream().map(c -> in(c + packages)).toArray(String[]::new);
    }

    private ArchRule modelKnowsNobody() {
        return classes()
                .that()
                .resideInAPackage(in("model.."))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(in("model.."), "java..", "org.jspecify..");
    }

    private ArchRule formsOfTextKnowTheModel() {
        return classes()
                .that()
                .resideInAPackage(in("markup.."))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(in("markup.."), in("model.."), "java..", "org.commonmark..", "org.jspecify..");
    }

    private ArchRule translatorsDoNoIo() {
        return noClasses()
                .that()
                .resideInAnyPackage(inEachConnector(".translate.."))
                .or()
                .resideInAPackage(in("markup.."))
                .should()
                .dependOnClassesThat(IO.or(resideInAnyPackage(MONGO))
                        .or(resideInAnyPackage(root + "..wire..", root + "..http..", root + "..store.."))
                        .or(resideInAPackage(in("model.port.."))
                                .and(not(describe(
                                        "value of a port", c -> c.getName().contains(".Follows"))))));
    }

    private static final DescribedPredicate<JavaClass> IO = describe("does I/O", c -> {
        String name = c.getName();
        boolean inMemory = name.startsWith("java.io.ByteArray")
                || name.startsWith("java.io.String")
                || name.endsWith("Exception")
                || name.equals("java.io.Serializable")
                || name.equals("java.net.URI")
                || name.startsWith("java.net.URLDecoder")
                || name.startsWith("java.net.URLEncoder")
                || name.startsWith("java.net.IDN");
        return !inMemory
                && (name.startsWith("java.io.")
                        || name.startsWith("java.net.")
                        || name.startsWith("java.nio.file.")
                        || name.startsWith("java.nio.channels.")
                        || name.startsWith("java.sql.")
                        || name.startsWith("javax.net.")
                        || name.startsWith("org.slf4j.")
                        || name.startsWith("jakarta."));
    });

    private ArchRule translatorsReadNoClock() {
        return noClasses()
                .that()
                .resideInAnyPackage(inEachConnector(".translate.."))
                .should()
                .accessTargetWhere(CLOCK_OR_CHANCE)
                .orShould()
                .dependOnClassesThat(describe(
                        "are a clock or a source of randomness",
                        c -> Set.of(
                                                "java.time.InstantSource",
                                                "java.time.Clock",
                                                "java.util.Random",
                                                "java.security.SecureRandom",
                                                "java.util.concurrent.ThreadLocalRandom")
                                        .contains(c.getName())
                                || c.getPackageName().equals("java.util.random")));
    }

    private static final DescribedPredicate<JavaAccess<?>> CLOCK_OR_CHANCE =
            describe("reads a clock or is random", access -> {
                String owner = access.getTargetOwner().getName();
                String name = access.getTarget().getName();
                return owner.startsWith("java.time.") && name.equals("now")
                        || owner.equals("java.lang.System")
                                && name.matches("currentTimeMillis|nanoTime|getenv|getProperty")
                        || owner.equals("java.util.Date") && name.equals("<init>")
                        || owner.equals("java.util.Calendar") && name.equals("getInstance")
                        || owner.equals("java.lang.Math") && name.equals("random")
                        || owner.equals("java.util.UUID") && name.equals("randomUUID");
            });

    private ArchRule camelStaysHome() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("engine.camel.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..");
    }

    private ArchRule springStaysHome() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in("engine.spring.."), in("console.."), in("config.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..").and(not(POOLED_CONNECTIONS)));
    }

    /// Camel's JMS component stands on this, and so must what configures it.
    private static final DescribedPredicate<JavaClass> POOLED_CONNECTIONS =
            describe("the pool of JMS connections", c -> c.getName().startsWith("org.springframework.jms.connection."));

    private ArchRule mongoStaysHome() {
        var homes = new ArrayList<String>(List.of(in("mongo.."), in("testkit..")));
        homes.addAll(List.of(inEachConnector(".store..")));
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MONGO);
    }

    private ArchRule connectorsKnowOnlyTheModel() {
        return classes()
                .that()
                .resideInAnyPackage(inEachConnector(".."))
                .should(new ArchCondition<>("know only the model, forms of text and themselves") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        String home = in(connectorOf(item)) + '.';
                        item.getDirectDependenciesFromSelf().stream()
                                .filter(d -> foreign(d.getTargetClass(), home))
                                .forEach(d -> events.add(SimpleConditionEvent.violated(item, d.getDescription())));
                    }
                });
    }

    private boolean foreign(JavaClass target, String home) {
        String of = target.getBaseComponentType().getPackageName() + '.';
        boolean shared = of.startsWith(in("model.")) || of.startsWith(in("markup."));
        boolean house = of.startsWith(root + '.') && !of.startsWith(home) && !shared;
        return house || of.startsWith("org.springframework.") || of.startsWith("org.apache.camel.");
    }

    private String connectorOf(JavaClass item) {
        return item.getPackageName().substring(root.length() + 1).split("\\.")[0];
    }

    private ArchRule protocolTypesStandAlone() {
        var protocol = new ArrayList<String>();
        for (String words : List.of("event", "object", "record")) {
            protocol.addAll(List.of(inEachConnector('.' + words + "..")));
        }
        return noClasses()
                .that()
                .resideInAnyPackage(protocol.toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAPackage(in("model.."))
                        .and(not(KEYS_SIGNATURES_AND_TIMES))
                        .or(resideInAnyPackage(inEachConnector(".translate..")))
                        .or(resideInAnyPackage(inEachConnector(".wire..")))
                        .or(resideInAnyPackage(inEachConnector(".http..")))
                        .or(resideInAnyPackage(inEachConnector(".store.."))));
    }

    /// What the model has that is not about bridging.
    private static final DescribedPredicate<JavaClass> KEYS_SIGNATURES_AND_TIMES = describe(
            "keys, signatures and times",
            c -> Set.of("Signer", "SignatureVerifier", "SignatureScheme", "KeyAlgorithm", "UtcTime")
                    .contains(c.getSimpleName()));

    private ArchRule onlyConfigSeesConnectors() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(inEachConnector(".."))
                .and()
                .resideOutsideOfPackage(in("config.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inEachConnector(".."));
    }

    private ArchRule noCycles() {
        return PackageSlices.of(root).freeOfCycles();
    }

    private ArchRule everyPackageIsNullMarked() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<>("be in a package whose package-info says @NullMarked") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    item,
                                    item.getPackageName() + " of " + item.getSimpleName() + " is not @NullMarked"));
                        }
                    }
                });
    }

    private ArchRule typesAreNouns() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Helpers")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl");
    }

    private ArchRule noMutableStatics() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<>("have no static field that is not final") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        item.getFields().stream()
                                .filter(f -> f.getModifiers().contains(JavaModifier.STATIC))
                                .filter(f -> !f.getModifiers().contains(JavaModifier.FINAL))
                                .filter(f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .forEach(f -> events.add(SimpleConditionEvent.violated(f, f.getDescription())));
                    }
                });
    }
}
