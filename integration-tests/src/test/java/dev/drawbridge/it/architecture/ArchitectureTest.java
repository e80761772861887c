package dev.drawbridge.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.drawbridge.it.ProjectTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The production code keeps the rules of the house; the broken house breaks each of them and is caught.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String BROKEN = "dev.drawbridge.broken";

    /// The class that breaks each rule, by the rule's sentence.
    private static final Map<String, String> CULPRITS = Map.ofEntries(
            Map.entry("the model knows the JDK and JSpecify, nothing else", "KnowsTheEngine"),
            Map.entry("forms of text know the model, nothing else", "KnowsTheBridge"),
            Map.entry("translators do no I/O and know no store, wire or endpoint", "ReadsAFile"),
            Map.entry("translators read neither clock nor randomness", "ReadsTheClock"),
            Map.entry("Camel stays in engine.camel", "KnowsCamel"),
            Map.entry("Spring stays in engine.spring, console and config", "KnowsSpring"),
            Map.entry("Mongo stays in bridge-mongo, testkit and connectors' store", "KnowsMongo"),
            Map.entry("connectors know the model, forms of text and themselves, nobody else", "KnowsAnotherConnector"),
            Map.entry("protocol types are usable without the bridge", "NeedsTheBridge"),
            Map.entry("only config sees connectors", "KnowsAConnector"),
            Map.entry("there are no cycles", "Hen"),
            Map.entry("every package is null-marked", "Unmarked"),
            Map.entry("types are nouns of the field", "PostManager"),
            Map.entry("nothing is mutable and static", "Remembers"));

    private final ProjectTree tree = ProjectTree.find();
    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drawbridge");
    private final JavaClasses brokenHouse = new ClassFileImporter().importPackages(BROKEN);

    @TestFactory
    Stream<DynamicTest> theHouseKeeps() {
        var rules = new HouseRules("dev.drawbridge", tree.connectors()).all();
        return rules.entrySet().stream()
                .map(r -> dynamicTest(r.getKey(), () -> r.getValue().check(house)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleBites() {
        var rules = new HouseRules(BROKEN, List.of("nostr", "atproto")).all();
        assertThat(rules.keySet()).isEqualTo(CULPRITS.keySet());
        return rules.entrySet().stream()
                .map(r -> dynamicTest(
                        r.getKey(),
                        () -> assertThat(r.getValue()
                                        .evaluate(brokenHouse)
                                        .getFailureReport()
                                        .toString())
                                .contains(CULPRITS.get(r.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> codeOfEveryModuleIsLookedAt() {
        var homes = Stream.concat(
                Stream.of("model", "markup", "engine", "mongo", "testkit", "console", "config"),
                tree.connectors().stream());
        return homes.map(home -> dynamicTest(
                home,
                () -> assertThat(house.stream()
                                .anyMatch(c -> (c.getPackageName() + '.').startsWith("dev.drawbridge." + home + '.')))
                        .as("classes of dev.drawbridge.%s on the class path", home)
                        .isTrue()));
    }

    @Test
    void nothingOfTheBrokenHouseIsProductionCode() {
        assertThat(house).noneMatch(c -> c.getPackageName().startsWith(BROKEN));
        assertThat(brokenHouse).hasSizeGreaterThan(10);
    }
}
