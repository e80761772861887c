package dev.drawbridge.config.demo;

import dev.drawbridge.config.demo.Waiting.Expected;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.consent.Consent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the sample people do: they opt in, follow each other across, and one writes what the others answer. Every step
/// counts only once the other shores' own software has it.
final class Script {
    private static final String POST =
            "Low tide at #Oualidia, and the heron is back. More: https://birds.example/heron";
    private static final List<String> ANSWERS =
            List.of("What a light! Is that the lagoon?", "The same herons winter here, behind the #harbour wall.");
    private static final int RECOGNIZABLE = 16;

    private final List<Shore> shores;
    private final Ports ports;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Consumer<String> say;

    /// @param ports where the bridge says who is who
    /// @param say takes one line of the report
    Script(List<Shore> shores, Ports ports, InstantSource clock, Duration patience, Consumer<String> say) {
        this.shores = List.copyOf(shores);
        this.ports = ports;
        this.clock = clock;
        this.waiting = new Waiting(clock, patience);
        this.say = say;
    }

    private record Pair(Shore from, Shore to) {}

    /// @throws Incomplete if something does not arrive in time
    void run() {
        Instant began = clock.instant();
        introduce();
        connected();
        optIns();
        follows();
        say.accept("What they write crosses:");
        List<Sighting> copies = crosses(shores.getFirst(), "writes", POST, _ -> Optional.empty());
        for (int i = 1; i < shores.size(); i++) {
            Shore here = shores.get(i);
            List<Sighting> before = copies;
            copies = crosses(
                    here,
                    "answers",
                    ANSWERS.get((i - 1) % ANSWERS.size()),
                    _ -> before.stream()
                            .filter(s -> s.id().network().equals(here.network()))
                            .map(Sighting::id)
                            .findFirst());
        }
        int pairs = pairs().size();
        say.accept("Everything crossed in %s: %d opt-ins, %d follows, %d posts to %d shores each."
                .formatted(seconds(began), pairs, pairs, shores.size(), shores.size() - 1));
    }

    private void introduce() {
        for (Shore shore : shores) {
            say.accept("  %-12s on %-14s %s"
                    .formatted(
                            shore.person().name(), shore.name(), shore.person().handle()));
        }
    }

    private void connected() {
        waiting.forAll(
                shores.stream()
                        .map(shore -> new Expected<>(
                                shore.name() + " is not connected to the bridge" + plugged(shore),
                                () -> connected(shore) ? Optional.of(shore) : Optional.empty()))
                        .toList(),
                _ -> {});
    }

    /// A client may be let in for a moment before it is told that the plug is pulled.
    private static boolean connected(Shore shore) {
        return !shore.plug().pulled() && shore.unheard().isEmpty();
    }

    private void optIns() {
        say.accept("They opt in, each by following a bot of the network they want to reach:");
        Instant began = clock.instant();
        List<Pair> pairs = pairs();
        var bots = waiting.forAll(
                pairs.stream()
                        .map(p -> new Expected<>(
                                "the bot for " + p.to.name() + " is not on " + p.from.name(),
                                () -> ghost(Ghost.botOrigin(p.to.network()), p.from)))
                        .toList(),
                _ -> {});
        for (int i = 0; i < pairs.size(); i++) {
            pairs.get(i).from.follow(bots.get(i).id());
        }
        waiting.forAll(
                pairs.stream()
                        .map(p -> new Expected<>(
                                p.from.person().name() + " is not on " + p.to.name() + " yet" + plugged(p.from, p.to),
                                () -> standIn(p)))
                        .toList(),
                ghost -> say.accept("  %-12s is on %-14s as %s  %s"
                        .formatted(
                                nameOf(ghost.origin()), Shore.nameOf(ghost.network()), shown(ghost), seconds(began))));
        waiting.forAll(
                shores.stream()
                        .map(shore -> new Expected<>(
                                shore.name() + ": " + shore.unread().orElse("nobody reads it"),
                                () -> shore.unread().isEmpty() ? Optional.of(shore) : Optional.empty()))
                        .toList(),
                _ -> {});
    }

    private Optional<Ghost> standIn(Pair pair) {
        NativeId person = pair.from.person().id();
        return ports.consents()
                        .find(person, pair.to.network())
                        .filter(Consent::given)
                        .isPresent()
                ? ghost(person, pair.to)
                : Optional.empty();
    }

    private Optional<Ghost> ghost(NativeId origin, Shore shore) {
        return ports.identities().find(origin, shore.network()).filter(Ghost::active);
    }

    private void follows() {
        say.accept("They follow each other:");
        Instant began = clock.instant();
        var expected = new ArrayList<Expected<Sighting>>();
        for (Pair pair : pairs()) {
            Ghost there = ghost(pair.to.person().id(), pair.from).orElseThrow();
            NativeId follower =
                    ghost(pair.from.person().id(), pair.to).orElseThrow().id();
            pair.from.follow(there.id());
            expected.add(new Expected<>(
                    pair.from.person().name() + "'s follow of "
                            + pair.to.person().name() + " is not on " + pair.to.name() + plugged(pair.from, pair.to),
                    () -> sighted(pair.to, Sighting.Kind.FOLLOW, follower, "")));
        }
        waiting.forAll(
                expected,
                follow -> say.accept("  %-12s follows %-12s seen on %-14s %s"
                        .formatted(
                                origin(follow.author()),
                                nameOf(follow.target().orElseThrow()),
                                Shore.nameOf(follow.id().network()),
                                seconds(began, follow.at()))));
    }

    /// One post, and its copies on the other shores.
    private List<Sighting> crosses(Shore here, String does, String text, Function<Shore, Optional<NativeId>> parent) {
        Optional<NativeId> answered = parent.apply(here);
        Instant began = clock.instant();
        here.write(text, answered);
        say.accept("  %s %s on %s: %s".formatted(here.person().name(), does, here.name(), text));
        var expected = new ArrayList<Expected<Sighting>>();
        for (Shore there : shores) {
            if (there != here) {
                NativeId author = ghost(here.person().id(), there).orElseThrow().id();
                expected.add(new Expected<>(
                        "what " + here.person().name() + " wrote on " + here.name() + " is not on " + there.name()
                                + plugged(here, there),
                        () -> sighted(there, Sighting.Kind.POST, author, text)
                                .filter(s -> s.target().isPresent() == answered.isPresent())));
            }
        }
        return waiting.forAll(
                expected,
                copy -> say.accept(
                        "      → %-14s %s".formatted(Shore.nameOf(copy.id().network()), seconds(began, copy.at()))));
    }

    private static Optional<Sighting> sighted(Shore shore, Sighting.Kind kind, NativeId author, String text) {
        String start = text.substring(0, Math.min(RECOGNIZABLE, text.length()));
        return shore.journal().sightings().stream()
                .filter(s -> s.kind() == kind
                        && s.author().equals(author)
                        && s.text().contains(start))
                .findFirst();
    }

    private List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (Shore from : shores) {
            shores.stream().filter(to -> to != from).forEach(to -> pairs.add(new Pair(from, to)));
        }
        return pairs;
    }

    private static String plugged(Shore... shores) {
        for (Shore shore : shores) {
            if (shore.plug().pulled()) {
                return " (the plug of " + shore.name() + " is pulled)";
            }
        }
        return "";
    }

    private String origin(NativeId ghost) {
        return ports.identities().byId(ghost).map(g -> nameOf(g.origin())).orElseGet(ghost::value);
    }

    private String nameOf(NativeId person) {
        return shores.stream()
                .map(Shore::person)
                .filter(p -> p.id().equals(person))
                .map(Person::name)
                .findFirst()
                .orElseGet(person::value);
    }

    private static String shown(Ghost ghost) {
        return ghost.handle().length() > 44 ? ghost.handle().substring(0, 43) + "…" : ghost.handle();
    }

    private String seconds(Instant began) {
        return seconds(began, clock.instant());
    }

    private static String seconds(Instant began, Instant at) {
        long millis = Duration.between(began, at).toMillis();
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
}
