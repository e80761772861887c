package dev.drawbridge.it.translate;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The translators of all networks, and what one document becomes on each of the others.
final class Translators {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:10Z");
    private static final InstanceInfo INSTANCE =
            new InstanceInfo(URI.create("https://bridge.example"), "bridge.example", "Drawbridge", "test", "", false);

    private final Map<Network, Translator> all = Commands.networks().stream()
            .collect(Collectors.toMap(ConnectorFactory::network, f -> f.translator(INSTANCE)));

    /// What was written for one network.
    record Written(Network network, Activity activity, NativeDraft draft) {}

    Set<Network> networks() {
        return all.keySet();
    }

    /// What a document of a network becomes everywhere else, where everybody and everything it names is known.
    ///
    /// @return nothing if it is refused or does not cross; that it says why is checked here
    List<Written> crossed(Network from, String document) {
        return value(reader(from).decode(document, NOW))
                .map(event -> read(event).stream()
                        .flatMap(activity -> written(event, activity).stream())
                        .toList())
                .orElse(List.of());
    }

    List<Activity> read(NativeEvent event) {
        Translator reader = reader(event.network());
        reader.needs(event);
        return value(reader.toCanonical(event, known(event, event.network()), NOW))
                .orElse(List.of());
    }

    private List<Written> written(NativeEvent event, Activity activity) {
        var written = new ArrayList<Written>();
        for (Network to : all.keySet()) {
            if (!to.equals(event.network())) {
                value(reader(to).fromCanonical(activity, known(event, to), NOW))
                        .ifPresent(draft -> written.add(new Written(to, activity, draft)));
            }
        }
        return written;
    }

    Translator reader(Network network) {
        return Optional.ofNullable(all.get(network)).orElseThrow();
    }

    private static <T> Optional<T> value(Translation<T> translation) {
        return switch (translation) {
            case Translation.Translated<T>(T value, var losses) -> {
                losses.forEach(loss -> requireWords(loss.field() + loss.reason()));
                yield Optional.of(value);
            }
            case Translation.Skipped<T>(String reason) -> {
                requireWords(reason);
                yield Optional.empty();
            }
            case Translation.Malformed<T>(String field, String detail) -> {
                requireWords(field);
                requireWords(detail);
                yield Optional.empty();
            }
        };
    }

    private static void requireWords(String text) {
        if (text.isBlank()) {
            throw new AssertionError("it does not say what is wrong");
        }
    }

    /// Everybody and everything the event names stands on `to`.
    private static Resolved known(NativeEvent event, Network to) {
        Map<NativeId, Resolved.Actor> actors = new HashMap<>();
        Map<NativeId, Resolved.Post> objects = new HashMap<>();
        var named = new ArrayList<>(event.names());
        named.add(event.author());
        for (NativeId id : named) {
            NativeId person = here(id, to, Translators::person);
            ObjectRef post = new ObjectRef(here(id, to, Translators::post), version(to));
            actors.put(
                    id, new Resolved.Actor(id, Optional.of(person), Optional.of("somebody.example"), Optional.empty()));
            objects.put(
                    id,
                    new Resolved.Post(
                            id,
                            Optional.of(event.author()),
                            Optional.of(post),
                            Optional.of(post),
                            Optional.of(person),
                            Optional.empty()));
        }
        return new Resolved(actors, objects, Map.of(), Set.of());
    }

    private static NativeId here(NativeId id, Network to, Function<Network, String> made) {
        return id.network().equals(to) ? id : new NativeId(to, made.apply(to));
    }

    private static String person(Network network) {
        return switch (network.name()) {
            case "nostr" -> "a1".repeat(32);
            case "atproto" -> "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
            default -> "https://ap.bridge.example/ap/actors/somebody";
        };
    }

    private static String post(Network network) {
        return switch (network.name()) {
            case "nostr" -> "b2".repeat(32);
            case "atproto" -> "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3mfcb2bsk2k2a";
            default -> "https://ap.bridge.example/ap/objects/nostr/1";
        };
    }

    private static Optional<String> version(Network network) {
        return switch (network.name()) {
            case "nostr" -> Optional.of("k1");
            case "atproto" -> Optional.of("bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq");
            default -> Optional.empty();
        };
    }
}
