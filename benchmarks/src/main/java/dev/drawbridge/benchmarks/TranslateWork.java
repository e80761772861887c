package dev.drawbridge.benchmarks;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;

/// Documents of one pair of networks, and what reading and writing them takes.
final class TranslateWork {
    /// What stands in the documents for a number that differs in each.
    private static final String NUMBER = "@NUMBER@";

    private static final int DIFFERENT = 1_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:10Z");

    /// What is measured.
    enum Pair {
        ACTIVITYPUB_ATPROTO(
                Network.ACTIVITYPUB,
                Network.ATPROTO,
                "Create(Note) with mention, hashtag, link and image → AT record",
                20_000,
                "https://social.example/users/alice",
                "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"),
        ATPROTO_ACTIVITYPUB(
                Network.ATPROTO,
                Network.ACTIVITYPUB,
                "AT post with mention, hashtag and link → Create(Note)",
                40_000,
                "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb",
                "https://bsky.bridge.example/ap/actors/bob.test"),
        ACTIVITYPUB_NOSTR(
                Network.ACTIVITYPUB,
                Network.NOSTR,
                "Create(Note) with mention, hashtag, link and image → unsigned Nostr event",
                20_000,
                "https://social.example/users/alice",
                "a1".repeat(32)),
        NOSTR_ACTIVITYPUB(
                Network.NOSTR,
                Network.ACTIVITYPUB,
                "Nostr event with mention, hashtag and link → Create(Note)",
                40_000,
                "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
                "https://nostr.bridge.example/ap/actors/bob");

        final Network from;
        final Network to;
        final String what;
        final double goal;
        final NativeId author;
        final NativeId ghost;

        Pair(Network from, Network to, String what, double goal, String author, String ghost) {
            this.from = from;
            this.to = to;
            this.what = what;
            this.goal = goal;
            this.author = new NativeId(from, author);
            this.ghost = new NativeId(to, ghost);
        }
    }

    private final List<String> documents;
    private final Translator reader;
    private final Translator writer;
    private final Resolved source;
    private final Resolved target;
    private long characters;

    TranslateWork(Pair pair) {
        String document = text(pair.from + ".json");
        documents = IntStream.range(0, DIFFERENT)
                .mapToObj(i -> document.replace(NUMBER, Integer.toString(100_000 + i)))
                .toList();
        var instance = new InstanceInfo(
                URI.create("https://bridge.example"), "bridge.example", "Drawbridge", "bench", "", false);
        reader = translator(pair.from, instance);
        writer = translator(pair.to, instance);
        source = known(pair.author, pair.author);
        target = known(pair.author, pair.ghost);
    }

    private static Resolved known(NativeId author, NativeId here) {
        var actor = new Resolved.Actor(author, Optional.of(here), Optional.of("somebody.test"), Optional.empty());
        return new Resolved(Map.of(author, actor), Map.of(), Map.of(), Set.of());
    }

    private static Translator translator(Network network, InstanceInfo instance) {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.network().equals(network))
                .findFirst()
                .orElseThrow()
                .translator(instance);
    }

    private static String text(String file) {
        try (InputStream in = TranslateWork.class.getResourceAsStream("/translate/" + file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Documents translated for each second of processor time.
    ///
    /// @param time how long is measured, after half as long to warm up
    double perCpuSecond(Duration time) {
        double each = CpuTime.perSecond(time, i -> characters += written(documents.get(i % DIFFERENT)));
        if (characters == 0) {
            throw new IllegalStateException("nothing was written");
        }
        return each;
    }

    /// @return how long the documents are that came of it
    private int written(String document) {
        NativeEvent event = value(reader.decode(document, NOW));
        List<Activity> activities = value(reader.toCanonical(event, source, NOW));
        NativeDraft draft = value(writer.fromCanonical(activities.getFirst(), target, NOW));
        return draft.documents().getFirst().length();
    }

    private static <T> T value(Translation<T> translation) {
        if (translation instanceof Translation.Translated<T>(T value, var _)) {
            return value;
        }
        throw new IllegalStateException("not translated: " + translation);
    }
}
