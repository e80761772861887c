package dev.drawbridge.it.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.it.ProjectTree;
import dev.drawbridge.it.translate.Mutation.Wrong;
import dev.drawbridge.model.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every golden document and everything others write, with one or two things wrong in it.
class HostileInputTest {
    /// Of each document, besides every place with one wrong chosen for it.
    private static final int TWO_WRONGS = 20;

    private static final int WRONGS_OF_FOREIGN = 12;

    private final Translators translators = new Translators();
    private final TreeMap<String, Integer> counts = new TreeMap<>();

    static Stream<Network> networks() {
        return new Translators().networks().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void nothingThatIsWrongWithADocumentMakesATranslatorFallOver(Network network) throws IOException {
        List<Path> files = golden(network);
        assertThat(files).hasSizeGreaterThan(10);
        long seed = seed();
        var random = new Random(seed);
        for (Path file : files) {
            String text = text(file);
            JsonNode document = tree(text);
            if (document.isMissingNode()) {
                crosses(network, text, file + " as it is");
                continue;
            }
            List<List<String>> places = Mutation.places(document);
            crosses(network, text, file + " as it is");
            for (List<String> place : places) {
                for (int i = 0; i < 4; i++) {
                    var one = new Mutation(place, any(random));
                    crosses(network, one.in(document), file + " with " + one + ", seed " + seed);
                }
            }
            for (int i = 0; i < TWO_WRONGS && !places.isEmpty(); i++) {
                var first = new Mutation(any(places, random), any(random));
                JsonNode once = tree(first.in(document));
                List<List<String>> left = Mutation.places(once);
                if (!left.isEmpty()) {
                    var second = new Mutation(any(left, random), any(random));
                    crosses(network, second.in(once), file + " with " + first + " and " + second + ", seed " + seed);
                }
            }
        }
        System.out.println(network + ": " + counts);
        assertThat(counts.getOrDefault("crossed", 0)).isGreaterThan(100);
        assertThat(counts.getOrDefault("refused", 0)).isGreaterThan(100);
    }

    @Test
    void whatOthersWriteIsNoReasonToFallOverEither() throws IOException {
        Path vectors = ProjectTree.find().root().resolve("../shared/vectors/activitypub");
        assumeTrue(Files.isDirectory(vectors), "no documents of others here");
        long seed = seed();
        var random = new Random(seed);
        List<Path> files;
        try (var all = Files.walk(vectors)) {
            files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        for (Path file : files) {
            JsonNode document = tree(text(file));
            List<List<String>> places = Mutation.places(document);
            for (int i = 0; i < WRONGS_OF_FOREIGN && !places.isEmpty(); i++) {
                var one = new Mutation(any(places, random), any(random));
                crosses(Network.ACTIVITYPUB, one.in(document), file + " with " + one + ", seed " + seed);
            }
        }
        assertThat(counts.getOrDefault("crossed", 0)).isGreaterThan(50);
    }

    @Test
    void whatIsNoDocumentAtAllIsRefused() {
        List<String> nothings = List.of(
                "",
                " ",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "{}",
                "{",
                "[[[",
                "{\"a\":",
                "\u0000",
                "﻿{}",
                "{}{}",
                "[".repeat(100_000),
                "{\"type\":\"Create\"}",
                "{\"kind\":1}",
                "{\"did\":\"did:plc:x\"}");
        for (Network network : translators.networks()) {
            for (String nothing : nothings) {
                assertThat(translators.crossed(network, nothing))
                        .as(network + " of " + nothing)
                        .isEmpty();
            }
        }
    }

    private void crosses(Network network, String document, String what) {
        try {
            List<Translators.Written> written = translators.crossed(network, document);
            counts.merge(written.isEmpty() ? "refused" : "crossed", 1, Integer::sum);
            for (Translators.Written one : written) {
                assertThat(OutputRules.broken(one))
                        .as("%s, as %s", what, one.network())
                        .isEmpty();
            }
            assertThat(translators.crossed(network, document))
                    .as("%s, again", what)
                    .isEqualTo(written);
        } catch (RuntimeException e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }

    private static List<Path> golden(Network network) throws IOException {
        Path folder = ProjectTree.find().root().resolve("connectors/" + network + "/src/test/resources/golden/in");
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith("." + network + ".json"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    private static Wrong any(Random random) {
        return any(List.of(Wrong.values()), random);
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static long seed() {
        long seed = Long.getLong("translate.seed", System.nanoTime());
        System.out.println("-Dtranslate.seed=" + seed);
        return seed;
    }
}
