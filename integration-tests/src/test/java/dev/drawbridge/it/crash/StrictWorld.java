package dev.drawbridge.it.crash;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.Http;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// People of the Fediverse whose ghosts live in the instance's PDS, and what should be in their repositories.
final class StrictWorld {
    private static final int AUTHORS = 5;
    private static final String POST = "app.bsky.feed.post";

    private final Fediverse fediverse;
    private final AtprotoPeer peer;
    private final RunningInstance instance;
    private final Http http = new Http();
    private final Map<String, String> dids = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Object>> notes = new ConcurrentHashMap<>();
    private final Map<Integer, String> wanted = new ConcurrentHashMap<>();
    private String bot = "";
    private URI inbox = URI.create("");

    StrictWorld(Fediverse fediverse, AtprotoPeer peer, RunningInstance instance) {
        this.fediverse = fediverse;
        this.peer = peer;
        this.instance = instance;
    }

    void everybodyJoins() {
        eventually(() -> bot = fediverse.find("atproto", instance.authority()));
        inbox = fediverse.inboxOf(bot);
        for (String author : authors()) {
            taken(() -> fediverse.follow(author, bot));
        }
        for (String author : authors()) {
            String handle = fediverse.handle(author).substring(1).replaceAll("[^a-z0-9]+", "-") + ".drawbridge.test";
            eventually(() -> dids.put(
                    author,
                    http.get(xrpc("com.atproto.identity.resolveHandle?handle=" + handle))
                            .json()
                            .path("did")
                            .asString()));
        }
    }

    /// Posts of all authors in turn, some with a picture.
    CrashLoad load(int posts) {
        return new CrashLoad(IntStream.range(0, posts)
                .mapToObj(i -> new CrashLoad.Post(text(i), () -> {
                    Map<String, Object> create = write(i);
                    return () -> isTaken(fediverse.post(author(i), inbox, create));
                }))
                .toList());
    }

    private Map<String, Object> write(int i) {
        Map<String, Object> create = isPicture(i)
                ? fediverse.picture(author(i), "n" + i, "<p>" + text(i) + "</p>", "A red boat")
                : fediverse.note(author(i), "n" + i, "<p>" + text(i) + "</p>");
        notes.put(i, create);
        wanted.put(i, text(i));
        return create;
    }

    /// Every tenth post is edited, every seventh deleted.
    void editAndDelete() {
        notes.keySet().stream().sorted().forEach(i -> {
            Map<String, Object> create = notes.get(i);
            if (i % 7 == 0) {
                wanted.remove(i);
                taken(() -> fediverse.post(author(i), inbox, fediverse.delete(create)));
            } else if (i % 10 == 1) {
                wanted.put(i, text(i) + " again");
                var edit = fediverse.edit(create, "<p>" + text(i) + " again</p>");
                taken(() -> fediverse.post(author(i), inbox, edit));
            }
        });
    }

    /// Leaving takes everything back.
    void oneLeavesAndComesBack() {
        wanted.keySet().removeIf(i -> author(i).equals(author(0)));
        taken(() -> fediverse.unfollow(author(0), bot));
        eventually(() -> assertThat(active(author(0))).isFalse());
        taken(() -> fediverse.follow(author(0), bot));
        eventually(() -> assertThat(active(author(0))).isTrue());
        int next = notes.size();
        Map<String, Object> create = write(next);
        taken(() -> fediverse.post(author(next), inbox, create));
    }

    /// What the posts should say.
    List<String> wanted() {
        return List.copyOf(wanted.values());
    }

    /// What the posts say.
    List<String> posts() {
        return records().stream().map(r -> r.at("/value/text").asString()).toList();
    }

    long wantedPictures() {
        return wanted.keySet().stream().filter(StrictWorld::isPicture).count();
    }

    /// How many posts show a file that the instance hands out.
    long pictures() {
        return records().stream()
                .filter(r -> {
                    JsonNode link = r.at("/value/embed/images/0/image/ref/$link");
                    return link.isString()
                            && http.get(xrpc("com.atproto.sync.getBlob?did="
                                                    + r.path("uri").asString().split("/")[2] + "&cid="
                                                    + link.asString()))
                                            .status()
                                    == 200;
                })
                .count();
    }

    private List<JsonNode> records() {
        var all = new ArrayList<JsonNode>();
        dids.values().forEach(did -> all.addAll(peer.allRecords(instance.base(), did, POST)));
        return all;
    }

    private boolean active(String author) {
        return http.get(xrpc("com.atproto.sync.getRepoStatus?did=" + dids.get(author)))
                .json()
                .path("active")
                .asBoolean();
    }

    private URI xrpc(String method) {
        return instance.base().resolve("/xrpc/" + method);
    }

    /// Sends until it is taken, as servers do.
    private static void taken(java.util.function.IntSupplier send) {
        eventually(() -> assertThat(isTaken(send.getAsInt())).isTrue());
    }

    private static boolean isTaken(int status) {
        return status / 100 == 2;
    }

    private static boolean isPicture(int i) {
        return i % 25 == 2;
    }

    private static String text(int i) {
        return "post number " + i;
    }

    private static List<String> authors() {
        return IntStream.range(0, AUTHORS).mapToObj(StrictWorld::author).toList();
    }

    private static String author(int i) {
        return "author" + i % AUTHORS;
    }
}
