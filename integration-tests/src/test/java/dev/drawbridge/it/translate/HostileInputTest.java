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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every golden document and everything others write, with one or two things wrong in it.
class HostileInputTest {
    /// Of each document, besides every place with some wrongs chosen for it.
    private static final int TWO_WRONGS = 20;

    private static final int WRONGS_OF_A_PLACE = 4;
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
        for (long seed : seeds()) {
            var random = new Random(seed);
            for (Path file : files) {
                hurt(network, file, random, ", -Dtranslate.seed=" + seed);
            }
        }
        System.out.println(network + ": " + counts);
        assertThat(counts.getOrDefault("crossed", 0)).isGreaterThan(100);
        assertThat(counts.getOrDefault("refused", 0)).isGreaterThan(100);
    }

    private void hurt(Network network, Path file, Random random, String seed) throws IOException {
        String text = text(file);
        crosses(network, text, file + " as it is");
        JsonNode document = tree(text);
        List<List<String>> places = Mutation.places(document);
        for (List<String> place : places) {
            for (int i = 0; i < WRONGS_OF_A_PLACE; i++) {
                var one = new Mutation(place, any(random));
                crosses(network, one.in(document), file + " with " + one + seed);
            }
        }
        for (int i = 0; i < TWO_WRONGS && !places.isEmpty(); i++) {
            var first = new Mutation(any(places, random), any(random));
            JsonNode once = tree(first.in(document));
            List<List<String>> left = Mutation.places(once);
            if (!left.isEmpty()) {
                var second = new Mutation(any(left, random), any(random));
                crosses(network, second.in(once), file + " with " + first + " and " + second + seed);
            }
        }
    }

    @Test
    void whatOthersWriteIsNoReasonToFallOverEither() throws IOException {
        Path vectors = ProjectTree.find().root().resolve("../shared/vectors/activitypub");
        assumeTrue(Files.isDirectory(vectors), "no documents of others here");
        long seed = seeds().getFirst();
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
                crosses(Network.ACTIVITYPUB, one.in(document), file + " with " + one + ", -Dtranslate.seed=" + seed);
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

    /// The same every time; `-Dtranslate.seed=N -Dtranslate.rounds=M` looks further.
    private static List<Long> seeds() {
        long first = Long.getLong("translate.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("translate.rounds", 1))
                .boxed()
                .toList();
    }
}
