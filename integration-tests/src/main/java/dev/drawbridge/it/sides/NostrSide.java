package dev.drawbridge.it.sides;

import static dev.drawbridge.it.peers.Eventually.eventually;

import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.peers.NostrClient;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.it.peers.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Nostr: the relay of rust-nostr, people with nostr-tools who write and read there, and the relay of the bridge, where
/// its people write. What is here is what the two relays hold.
public final class NostrSide implements Side, Correspondence {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final NostrRelay relay;
    private final NostrTools tools;
    private final NostrClient client;
    private final URI bridge;
    private final AtomicLong last = new AtomicLong();
    private final LongSupplier seconds;
    private final Http http = new Http();
    private final Map<String, NostrTools.Person> people = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> followed = new ConcurrentHashMap<>();

    /// @param bridge where the instance is
    /// @param seconds the time, in seconds since 1970
    public NostrSide(NostrRelay relay, NostrTools tools, URI bridge, LongSupplier seconds) {
        this.relay = relay;
        this.tools = tools;
        this.client = NostrClient.connect(relay.uri());
        this.bridge = bridge;
        this.seconds = seconds;
    }

    @Override
    public String network() {
        return "nostr";
    }

    @Override
    public Person join(String name) {
        var person = tools.newPerson();
        people.put(person.pubkey(), person);
        followed.put(person.pubkey(), ConcurrentHashMap.newKeySet());
        publish(person, 0, "{\"name\":\"" + name + "\"}", List.of());
        publish(person, 10002, "", List.of(List.of("r", relay.uri().toString())));
        return new Person(network(), name, person.pubkey(), person.npub());
    }

    @Override
    public Optional<Words.Named> bot(String target) {
        return nip05(target);
    }

    @Override
    public Optional<Words.Named> ghost(Person origin) {
        String name =
                origin.handle().toLowerCase(Locale.ROOT).replaceFirst("^@", "").replace("@", "_at_");
        return nip05(name.replaceAll("[^a-z0-9._-]", "-"));
    }

    @Override
    public void follow(Person person, String whom) {
        follows(person).add(whom);
        publishFollows(person);
    }

    @Override
    public void unfollow(Person person, String whom) {
        follows(person).remove(whom);
        publishFollows(person);
    }

    @Override
    public String publish(Person person, Words words) {
        return publish(author(person), 1, content(words), tagsOf(words));
    }

    /// A picture as apps post it: the address in the text, what is known of it in `imeta` (NIP-92).
    public String publishPicture(Person person, String text, URI picture, String alt) {
        var imeta = List.of("imeta", "url " + picture, "m image/png", "alt " + alt);
        return publish(author(person), 1, text + '\n' + picture, List.of(imeta));
    }

    @Override
    public String reply(Person person, String parent, Words words) {
        JsonNode event = query(Map.of("ids", List.of(parent))).getFirst();
        String parentAuthor = event.path("pubkey").asString();
        String hint = relay.uri().toString();
        var tags = new ArrayList<>(tagsOf(words));
        Optional<List<String>> root = tags(event, "e").stream()
                .filter(t -> t.size() > 3 && t.get(3).equals("root"))
                .findFirst();
        root.ifPresent(r -> tags.add(List.of("e", r.get(1), hint, "root")));
        tags.add(List.of("e", parent, hint, root.isPresent() ? "reply" : "root", parentAuthor));
        tags.add(List.of("p", parentAuthor));
        return publish(author(person), 1, content(words), tags);
    }

    @Override
    public void delete(Person person, String post) {
        publish(author(person), 5, "", List.of(List.of("e", post), List.of("k", "1")));
    }

    /// @return the like's id, which [#delete] takes back
    public String like(Person person, String post) {
        String of =
                query(Map.of("ids", List.of(post))).getFirst().path("pubkey").asString();
        return publish(author(person), 7, "+", List.of(List.of("e", post), List.of("p", of), List.of("k", "1")));
    }

    /// @return the repost's id, which [#delete] takes back
    public String repost(Person person, String post) {
        JsonNode event = query(Map.of("ids", List.of(post))).getFirst();
        String hint = relay.uri().toString();
        return publish(
                author(person),
                6,
                event.toString(),
                List.of(
                        List.of("e", post, hint),
                        List.of("p", event.path("pubkey").asString())));
    }

    /// @return the post's id
    public String quote(Person person, String post, String text) {
        String of =
                query(Map.of("ids", List.of(post))).getFirst().path("pubkey").asString();
        return publish(
                author(person),
                1,
                text + " nostr:" + tools.note(post),
                List.of(List.of("q", post, relay.uri().toString(), of), List.of("p", of)));
    }

    @Override
    public List<Sighting> posts(String author) {
        return query(Map.of("kinds", List.of(1), "authors", List.of(author))).stream()
                .map(this::sighting)
                .toList();
    }

    @Override
    public boolean deleted(String author, String post) {
        boolean asked = query(Map.of("kinds", List.of(5), "authors", List.of(author))).stream()
                .anyMatch(e -> tags(e, "e").stream().anyMatch(t -> t.get(1).equals(post)));
        // A relay that honours a request to vanish forgets the deletions as well.
        return (asked || gone(author)) && query(Map.of("ids", List.of(post))).isEmpty();
    }

    @Override
    public boolean follows(String follower, String followed) {
        return query(Map.of("kinds", List.of(3), "authors", List.of(follower))).stream()
                .anyMatch(e -> tags(e, "p").stream().anyMatch(t -> t.get(1).equals(followed)));
    }

    @Override
    public boolean gone(String account) {
        return !query(Map.of("kinds", List.of(62), "authors", List.of(account))).isEmpty();
    }

    /// Says where a person takes private messages (NIP-17): at the relay that is not the bridge's.
    @Override
    public void takesLettersHere(Person person) {
        publish(author(person), 10050, "", List.of(List.of("relay", relay.uri().toString())));
    }

    /// Writes a private message, in a gift wrap at the bridge's relay.
    @Override
    public void tell(Person person, String bot, String text) {
        JsonNode wrap = tools.wrap(author(person), bot, text);
        // nostr-tools rounds the time of a message, so it may be the next second; what is published later is after it
        last.updateAndGet(before -> Math.max(before, seconds.getAsLong() + 1));
        try (var there = NostrClient.connect(home())) {
            NostrClient.Ok answer = there.publish(wrap);
            if (!answer.accepted()) {
                throw new AssertionError("the relay refused a message: " + answer.message());
            }
        }
    }

    /// What a bot wrote to a person, each message once.
    @Override
    public List<String> letters(Person person, String bot) {
        var letters = new LinkedHashMap<String, String>();
        for (JsonNode wrap : client.query(Map.of("kinds", List.of(1059), "#p", List.of(person.id())))) {
            JsonNode message = tools.unwrap(author(person), wrap.toString());
            if (message.path("pubkey").asString().equals(bot)) {
                letters.put(
                        message.path("id").asString(), message.path("content").asString());
            }
        }
        return List.copyOf(letters.values());
    }

    /// Waits until nothing that was said here has a time that is still to come: each event has a second of its own, and
    /// many at once are ahead of the clock.
    public void letTimePass() {
        eventually(() -> {
            if (seconds.getAsLong() <= last.get() + 1) {
                throw new AssertionError("the newest event is from " + last.get());
            }
        });
    }

    /// What nostr-tools says about everything the bridge's relay holds of an author.
    public Verdict verify(String author) {
        return tools.verify(home(), Map.of("authors", List.of(author)));
    }

    /// What either relay has, each event once.
    public List<JsonNode> query(Map<String, ?> filter) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        client.query(filter).forEach(event -> found.put(event.path("id").asString(), event));
        // The bridge may have been started again since the last time.
        try (var there = NostrClient.connect(home())) {
            var page = new LinkedHashMap<String, Object>(filter);
            int before;
            do {
                before = found.size();
                for (JsonNode event : there.query(page)) {
                    found.put(event.path("id").asString(), event);
                    page.merge("until", event.path("created_at").asLong(), (u, at) -> Math.min((Long) u, (Long) at));
                }
            } while (found.size() > before);
        }
        return List.copyOf(found.values());
    }

    private URI home() {
        return URI.create(bridge.toString().replaceFirst("^http", "ws") + "/");
    }

    @Override
    public void close() {
        client.close();
        tools.close();
        relay.close();
    }

    private Optional<Words.Named> nip05(String name) {
        var answer = http.get(bridge.resolve("/.well-known/nostr.json?name=" + name));
        return Optional.of(answer)
                .filter(a -> a.status() == 200)
                .map(a -> a.json().path("names").path(name).asString(""))
                .filter(key -> !key.isEmpty())
                .map(key -> new Words.Named(key, tools.npub(key)));
    }

    private NostrTools.Person author(Person person) {
        return Optional.ofNullable(people.get(person.id())).orElseThrow();
    }

    private Set<String> follows(Person person) {
        return Optional.ofNullable(followed.get(person.id())).orElseThrow();
    }

    private void publishFollows(Person person) {
        publish(
                author(person),
                3,
                "",
                follows(person).stream().map(key -> List.of("p", key)).toList());
    }

    private String publish(NostrTools.Person author, int kind, String content, List<List<String>> tags) {
        // two versions of a list within one second would be a tie, which apps avoid too
        long at = last.updateAndGet(before -> Math.max(before + 1, seconds.getAsLong()));
        JsonNode event = tools.sign(author, kind, at, content, tags);
        NostrClient.Ok answer = client.publish(event);
        if (!answer.accepted()) {
            throw new AssertionError("the relay refused " + event + ": " + answer.message());
        }
        return event.path("id").asString();
    }

    private String content(Words words) {
        var text = new StringBuilder(words.text());
        words.mention().ifPresent(m -> text.append(" nostr:").append(tools.npub(m.id())));
        words.link().ifPresent(l -> text.append(' ').append(l));
        words.hashtag().ifPresent(t -> text.append(" #").append(t));
        return text.toString();
    }

    private static List<List<String>> tagsOf(Words words) {
        var tags = new ArrayList<List<String>>();
        words.mention().ifPresent(m -> tags.add(List.of("p", m.id())));
        words.hashtag().ifPresent(t -> tags.add(List.of("t", t.toLowerCase(Locale.ROOT))));
        return tags;
    }

    private Sighting sighting(JsonNode event) {
        String content = event.path("content").asString();
        var parents = tags(event, "e");
        Set<String> mentioned = new HashSet<>();
        tags(event, "p").forEach(t -> mentioned.add(t.get(1)));
        return new Sighting(
                event.path("id").asString(),
                event.path("pubkey").asString(),
                content,
                parents.stream()
                        .filter(t -> t.size() > 3 && t.get(3).equals("reply"))
                        .findFirst()
                        .or(() -> parents.stream().findFirst())
                        .map(t -> t.get(1)),
                mentioned,
                LINK.matcher(content).results().map(m -> m.group()).collect(Collectors.toSet()),
                tags(event, "t").stream().map(t -> t.get(1)).collect(Collectors.toSet()),
                tags(event, "proxy").stream().findFirst().map(t -> t.get(1)));
    }

    private static List<List<String>> tags(JsonNode event, String name) {
        return event.path("tags")
                .valueStream()
                .map(t -> t.valueStream().map(JsonNode::asString).toList())
                .filter(t -> t.getFirst().equals(name) && t.size() > 1)
                .toList();
    }
}
