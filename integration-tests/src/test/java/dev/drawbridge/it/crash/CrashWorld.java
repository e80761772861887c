package dev.drawbridge.it.crash;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.it.peers.Verdict;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Three networks with authors who opted in to both others, and a reader on the Fediverse who follows them.
final class CrashWorld implements AutoCloseable {
    private static final int AUTHORS = 3;
    private static final String READER = "reader";

    private final RunningInstance instance;
    private final Fediverse fediverse;
    private final NostrSide nostr;
    private final AtprotoPeer peer;
    private final AtprotoSide atproto;
    private final List<String> fediAuthors =
            IntStream.range(0, AUTHORS).mapToObj(i -> "author" + i).toList();
    private final List<Person> nostrAuthors = new ArrayList<>();
    private final List<Person> atAuthors = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Duration> starts = new ArrayList<>();

    private CrashWorld(
            RunningInstance instance, Fediverse fediverse, NostrRelay relay, NostrTools tools, AtprotoPeer peer) {
        this.instance = instance;
        this.fediverse = fediverse;
        this.peer = peer;
        this.nostr =
                new NostrSide(relay, tools, instance.base(), () -> Instant.now().getEpochSecond());
        this.atproto = new AtprotoSide(peer, instance.base(), "drawbridge.test");
    }

    static CrashWorld start(Path home, Optional<String> store) {
        var setup = RunningInstance.Setup.loopback(home).by(RunningInstance.Start.LAUNCHER);
        var peer = AtprotoPeer.start(Map.of(".drawbridge.test", setup.base()));
        var relay = NostrRelay.start();
        var tools = NostrTools.start();
        var told = setup.with("drawbridge.nostr.relays", relay.uri().toString())
                .with("drawbridge.atproto.handle-domain", "drawbridge.test")
                .with("drawbridge.atproto.plc-directory", peer.plc().toString())
                .with("drawbridge.atproto.firehose", peer.firehose().toString());
        var instance = RunningInstance.start(
                store.map(uri -> told.with("drawbridge.store.uri", uri)).orElse(told));
        return new CrashWorld(instance, Fediverse.start(), relay, tools, peer);
    }

    void everybodyOptsIn() {
        for (int i = 0; i < AUTHORS; i++) {
            nostrAuthors.add(nostr.join("author" + i));
            atAuthors.add(atproto.join("author" + i));
        }
        eventually(
                () -> assertThat(fediverse.find("nostr", instance.authority())).isNotEmpty());
        for (String author : fediAuthors) {
            for (String bot : List.of("nostr", "atproto")) {
                follow(author, bot);
            }
        }
        for (Person author : nostrAuthors) {
            eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
            nostr.follow(author, nostr.bot("activitypub").orElseThrow().id());
            nostr.follow(author, nostr.bot("atproto").orElseThrow().id());
        }
        for (Person author : atAuthors) {
            eventually(() -> assertThat(atproto.bot("nostr")).isPresent());
            atproto.follow(author, atproto.bot("activitypub").orElseThrow().id());
            atproto.follow(author, atproto.bot("nostr").orElseThrow().id());
        }
        for (String author : fediAuthors) {
            var person = new Person("activitypub", author, fediverse.actor(author), fediverse.handle(author));
            eventually(() -> assertThat(nostr.ghost(person)).isPresent());
            eventually(() -> assertThat(atproto.ghost(person)).isPresent());
        }
        nostrAuthors.forEach(author -> {
            eventually(() -> assertThat(atproto.ghost(author)).isPresent());
            readerFollows(author);
        });
        atAuthors.forEach(author -> {
            eventually(() -> assertThat(nostr.ghost(author)).isPresent());
            readerFollows(author);
        });
    }

    /// Posts of all authors in turn.
    CrashLoad load(int posts) {
        var inbox = fediverse.inboxOf(fediverse.find("nostr", instance.authority()));
        var load = new ArrayList<CrashLoad.Post>();
        for (int i = 0; i < posts; i++) {
            String author = fediAuthors.get(i % AUTHORS);
            Person nostrAuthor = nostrAuthors.get(i % AUTHORS);
            Person atAuthor = atAuthors.get(i % AUTHORS);
            // half from the Fediverse, where every answer counts; the others come through cursors
            String source = List.of("fedi", "nostr", "fedi", "at").get(i % 4);
            String token = Effects.token(source, i);
            tokens.add(token);
            load.add(
                    switch (source) {
                        case "nostr" ->
                            new CrashLoad.Post(
                                    token,
                                    () -> () -> !nostr.publish(nostrAuthor, Words.of(token))
                                            .isEmpty());
                        case "at" ->
                            new CrashLoad.Post(
                                    token,
                                    () -> () -> !atproto.publish(atAuthor, Words.of(token))
                                            .isEmpty());
                        default -> {
                            String id = "n" + i;
                            yield new CrashLoad.Post(token, () -> {
                                var create = fediverse.note(author, id, "<p>" + token + "</p>");
                                return () -> fediverse.post(author, inbox, create) / 100 == 2;
                            });
                        }
                    });
        }
        return new CrashLoad(load);
    }

    /// Lets the instance work for a while, kills it and starts it again.
    void killAfter(Duration moment) {
        try {
            Thread.sleep(moment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        instance.kill();
        starts.add(instance.start());
    }

    /// Waits until every post has one copy on each of the other networks.
    ///
    /// @return what is not so in the end
    List<String> wrongEffects(Duration patience) {
        Instant end = Instant.now().plus(patience);
        List<String> wrong = look();
        while (!wrong.isEmpty() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(2000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            wrong = look();
        }
        return wrong;
    }

    Verdict verifyFirehose() {
        return atproto.verify(30);
    }

    /// What happened, in one line, and the last words of the bridge.
    String report() {
        long slowest = starts.stream().mapToLong(Duration::toMillis).max().orElse(0);
        return "%d posts, %d starts, the slowest took %d ms\n%s"
                .formatted(tokens.size(), starts.size(), slowest, instance.log());
    }

    @Override
    public void close() {
        instance.close();
        fediverse.close();
        atproto.close();
        nostr.close();
    }

    private List<String> look() {
        var wrong = new ArrayList<String>();
        var onNostr = new Effects();
        var own = nostrAuthors.stream().map(Person::id).toList();
        for (JsonNode event : nostr.query(Map.of("kinds", List.of(1)))) {
            if (!own.contains(event.path("pubkey").asString())) {
                onNostr.saw(event.path("content").asString(), event.path("id").asString());
            }
        }
        wrong.addAll(onNostr.wrong("nostr", from("fedi", "at")));

        var onFediverse = new Effects();
        fediverse.arrivals("Create").forEach(a -> {
            JsonNode note = a.activity().path("object");
            onFediverse.saw(note.path("content").asString(), note.path("id").asString());
        });
        wrong.addAll(onFediverse.wrong("the Fediverse", from("nostr", "at")));

        var onAtproto = new Effects();
        atproto.everyPost().forEach(s -> onAtproto.saw(s.text(), s.id()));
        wrong.addAll(onAtproto.wrong("AT Protocol", from("fedi", "nostr")));
        return wrong;
    }

    private List<String> from(String... sources) {
        return tokens.stream()
                .filter(t -> List.of(sources).contains(t.split("-")[1]))
                .toList();
    }

    private void readerFollows(Person author) {
        follow(READER, author.handle().replaceFirst("^@", ""));
    }

    /// Follows somebody of the bridge; again while the bridge is busy.
    private void follow(String follower, String username) {
        eventually(() -> assertThat(fediverse.follow(follower, fediverse.find(username, instance.authority())))
                .isBetween(200, 299));
    }
}
