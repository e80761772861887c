package dev.drawbridge.it.translate;

import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A few people, posts and files that are on all three networks, and what they are called on each. What a bridge wrote
/// for one of them can be made to look as if they had written it there themselves.
final class Shores {
    static final int PEOPLE = 3;
    static final int POSTS = 3;
    static final int FILES = 4;
    static final List<Network> NETWORKS = List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO);

    private static final String BRIDGE = "bridge.example";
    private static final String TOWN = "social.example";
    private static final String PDS = "https://pds.example";
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private static final String FILE_CID = "bafkreibme22gw2h7y2h7tg2fhqotaqj%scnbc24deqo72b6mkl2egezxhvy";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Shores() {}

    static NativeId person(int number, Network network) {
        return new NativeId(
                network,
                switch (network.name()) {
                    case "nostr" -> ("a" + number).repeat(32);
                    case "atproto" -> "did:plc:" + letter(number).repeat(24);
                    default -> "https://" + TOWN + "/ap/actors/p" + number;
                });
    }

    static NativeId post(int number, Network network) {
        return new NativeId(
                network,
                switch (network.name()) {
                    case "nostr" -> ("b" + number).repeat(32);
                    case "atproto" ->
                        "at://did:plc:" + letter(1).repeat(24) + "/app.bsky.feed.post/3mfcb2bsk2k2" + letter(number);
                    default -> "https://" + TOWN + "/notes/" + number;
                });
    }

    static URI file(int number) {
        return URI.create("https://files.example/" + number + (isFilm(number) ? ".mp4" : ".jpg"));
    }

    static boolean isFilm(int number) {
        return number == FILES - 1;
    }

    private static String letter(int number) {
        return String.valueOf((char) ('b' + number));
    }

    private static String cid(int number) {
        return FILE_CID.formatted(letter(number));
    }

    /// Which person, post or file an id or address of any network means.
    static String called(String id) {
        for (Network network : NETWORKS) {
            for (int i = 0; i < PEOPLE; i++) {
                if (person(i, network).value().equals(id)) {
                    return "person " + i;
                }
            }
            for (int i = 0; i < POSTS; i++) {
                if (post(i, network).value().equals(id)) {
                    return "post " + i;
                }
            }
        }
        return IntStream.range(0, FILES)
                .filter(i -> id.equals(file(i).toString()) || id.contains(cid(i)))
                .mapToObj(i -> "file " + i)
                .findFirst()
                .orElse(id);
    }

    /// What an engine would say that knows all of them, seen from `here`.
    static Resolved known(Network here) {
        Map<NativeId, Resolved.Actor> actors = new HashMap<>();
        Map<NativeId, Resolved.Post> objects = new HashMap<>();
        for (Network network : NETWORKS) {
            for (int i = 0; i < PEOPLE; i++) {
                actors.put(person(i, network), actor(i, network, here));
            }
            for (int i = 0; i < POSTS; i++) {
                objects.put(post(i, network), object(i, here));
            }
        }
        return new Resolved(actors, objects, Map.of(), Set.of()).withFiles(files());
    }

    private static Resolved.Actor actor(int number, Network network, Network here) {
        NativeId there = person(number, here);
        boolean ghost = !network.equals(here) && here.equals(Network.ACTIVITYPUB);
        NativeId id = ghost ? new NativeId(here, there.value().replace(TOWN, BRIDGE)) : there;
        String handle = switch (here.name()) {
            case "nostr" -> "p" + number + "@" + BRIDGE;
            case "atproto" -> "p" + number + "." + BRIDGE;
            default -> "@p" + number + "@" + (ghost ? BRIDGE : TOWN);
        };
        return new Resolved.Actor(person(number, network), Optional.of(id), Optional.of(handle), Optional.empty());
    }

    private static Resolved.Post object(int number, Network here) {
        Network elsewhere = here.equals(Network.NOSTR) ? Network.ATPROTO : Network.NOSTR;
        Optional<String> version = here.equals(Network.ATPROTO) ? Optional.of(CID) : Optional.empty();
        Optional<ObjectRef> ref = Optional.of(new ObjectRef(post(number, here), version));
        return new Resolved.Post(
                post(number, elsewhere),
                Optional.of(person(1, elsewhere)),
                ref,
                ref,
                Optional.of(person(1, here)),
                Optional.empty());
    }

    private static Map<URI, HostedFile> files() {
        Map<URI, HostedFile> files = new HashMap<>();
        for (int i = 0; i < FILES; i++) {
            var kept = new HostedFile(
                    cid(i),
                    isFilm(i) ? "video/mp4" : "image/jpeg",
                    1000,
                    Optional.of(new Media.Dimensions(640, 480 + i)));
            files.put(file(i), kept);
            files.put(
                    URI.create(PDS + "/xrpc/com.atproto.sync.getBlob?did="
                            + person(0, Network.ATPROTO).value() + "&cid=" + cid(i)),
                    kept);
        }
        return files;
    }

    /// A document of ours, as it would be read if it came back.
    static String asCopy(Network network, String document) {
        return network.equals(Network.ATPROTO) ? committed(tree(document)).toString() : document;
    }

    /// The same without anything that says that a bridge wrote it.
    static String asOwn(Network network, String document) {
        return switch (network.name()) {
            case "nostr" -> unmarked(tree(document)).toString();
            case "atproto" -> {
                ObjectNode commit = committed(tree(document));
                List<String> marks = List.of("bridgyOriginalUrl", "bridgyOriginalText", "fediverseId", "drawbridge");
                ((ObjectNode) commit.path("record")).remove(marks);
                yield commit.toString();
            }
            default -> {
                ObjectNode activity = tree(document.replace(BRIDGE, TOWN));
                if (activity.path("object") instanceof ObjectNode object) {
                    object.remove(List.of("url", "bridgeable"));
                }
                yield activity.toString();
            }
        };
    }

    private static ObjectNode unmarked(ObjectNode event) {
        var tags = new ArrayList<JsonNode>();
        event.path("tags").forEach(tags::add);
        tags.removeIf(
                tag -> List.of("proxy", "L", "l", "client").contains(tag.path(0).asString())
                        && !tag.toString().contains("ISO-639-1"));
        event.putArray("tags").addAll(tags);
        event.remove(List.of("id", "sig"));
        return event;
    }

    private static ObjectNode committed(ObjectNode write) {
        return write.put("did", person(0, Network.ATPROTO).value())
                .put("operation", "create")
                .put("cid", CID)
                .put("rev", "3mfcb2bsk2k2b")
                .put("time", "2026-03-01T12:00:00Z")
                .put("pds", PDS);
    }

    private static ObjectNode tree(String document) {
        return (ObjectNode) JSON.readTree(document);
    }
}
