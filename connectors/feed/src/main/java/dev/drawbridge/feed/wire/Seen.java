package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.EntryIds;
import dev.drawbridge.model.port.Cursors;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How far a feed was read: which of its entries were handed over, saying what. Kept as one cursor, so that what the
/// server told us about this state of the feed never gets ahead of it.
final class Seen {
    /// Of entries that are not in the feed any more, how many are remembered beside those that are.
    private static final int MOST = 3_000;

    private static final int NAME = 22;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Cursors cursors;
    private final String stream;
    /// What an entry said when it was noted, by a hash of its id; in the order in which they were last there.
    private final Map<String, String> handedOver = new LinkedHashMap<>();
    /// Of these, by the same hash, those that were never handed over: they were there before and are not carried.
    private final Set<String> notCarried = new HashSet<>();
    /// When entries were first seen that do not say when they were published: the same on every try.
    private final Map<String, Instant> firstSeen = new LinkedHashMap<>();

    private boolean begun;
    private boolean gone;
    private String etag = "";
    private String modified = "";
    private String profile = "";
    private URI address;

    private Seen(Cursors cursors, URI feed) {
        this.cursors = cursors;
        this.stream = stream(feed);
        this.address = feed;
    }

    private static String stream(URI feed) {
        return "feed:" + feed;
    }

    /// What was kept of a feed; nothing at first.
    static Seen of(Cursors cursors, URI feed) {
        var seen = new Seen(cursors, feed);
        cursors.get(seen.stream).ifPresent(seen::read);
        return seen;
    }

    static void forget(Cursors cursors, URI feed) {
        cursors.remove(stream(feed));
    }

    private void read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            begun = root.path("begun").asBoolean(false);
            gone = root.path("gone").asBoolean(false);
            etag = root.path("etag").asString("");
            modified = root.path("modified").asString("");
            profile = root.path("profile").asString("");
            address = URI.create(root.path("address").asString(address.toString()));
            root.path("entries")
                    .properties()
                    .forEach(e -> handedOver.put(e.getKey(), e.getValue().asString("")));
            root.path("before").forEach(name -> notCarried.add(name.asString("")));
            root.path("times")
                    .properties()
                    .forEach(e -> firstSeen.put(
                            e.getKey(), Instant.ofEpochSecond(e.getValue().asLong(0))));
        } catch (JacksonException e) {
            throw new IllegalStateException("the cursor " + stream + " is not what was written", e);
        }
    }

    void save() {
        ObjectNode root = JSON.createObjectNode()
                .put("begun", begun)
                .put("gone", gone)
                .put("etag", etag)
                .put("modified", modified)
                .put("profile", profile)
                .put("address", address.toString());
        ObjectNode entries = root.putObject("entries");
        handedOver.forEach(entries::put);
        ArrayNode before = root.putArray("before");
        handedOver.keySet().stream().filter(notCarried::contains).forEach(before::add);
        ObjectNode times = root.putObject("times");
        firstSeen.forEach((name, at) -> times.put(name, at.getEpochSecond()));
        cursors.put(stream, JSON.writeValueAsString(root));
    }

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    boolean gone() {
        return gone;
    }

    void markGone() {
        gone = true;
    }

    String etag() {
        return etag;
    }

    String modified() {
        return modified;
    }

    /// Where the feed is asked for.
    URI address() {
        return address;
    }

    /// @return whether that is news
    boolean server(String newEtag, String newModified, URI newAddress) {
        boolean news = !etag.equals(newEtag) || !modified.equals(newModified) || !address.equals(newAddress);
        etag = newEtag;
        modified = newModified;
        address = newAddress;
        return news;
    }

    boolean showed(String fingerprint) {
        return profile.equals(fingerprint);
    }

    String shown() {
        return profile;
    }

    void show(String fingerprint) {
        profile = fingerprint;
    }

    /// Of how many entries something was noted.
    int size() {
        return handedOver.size();
    }

    /// What an entry said when it was handed over or noted as not carried; empty if neither.
    Optional<String> said(Entry entry) {
        return Optional.ofNullable(handedOver.get(name(entry)));
    }

    void handedOver(Entry entry) {
        notCarried.remove(name(entry));
        note(entry);
    }

    /// It is there and is not carried, whatever it says later.
    void notCarried(Entry entry) {
        notCarried.add(name(entry));
        note(entry);
    }

    boolean isCarried(Entry entry) {
        return !notCarried.contains(name(entry));
    }

    private void note(Entry entry) {
        String name = name(entry);
        handedOver.remove(name);
        handedOver.put(name, entry.fingerprint());
        Iterator<String> oldest = handedOver.keySet().iterator();
        while (handedOver.size() > MOST) {
            String forgotten = oldest.next();
            oldest.remove();
            firstSeen.remove(forgotten);
            notCarried.remove(forgotten);
        }
    }

    /// It is still in the feed: among what is forgotten last.
    void stillThere(Entry entry) {
        String name = name(entry);
        Optional.ofNullable(handedOver.remove(name)).ifPresent(said -> handedOver.put(name, said));
    }

    Optional<Instant> firstSeen(Entry entry) {
        return Optional.ofNullable(firstSeen.get(name(entry)));
    }

    void firstSeen(Entry entry, Instant at) {
        firstSeen.put(name(entry), Instant.ofEpochSecond(at.getEpochSecond()));
    }

    private static String name(Entry entry) {
        return EntryIds.hash(entry.id()).substring(0, NAME);
    }
}
