package dev.drawbridge.it.peers;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.ProjectTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Each peer alone does what the scenarios rely on, and the verifiers see what is wrong.
class PeersIT {
    @Test
    void peopleOfTwoFediverseServersFollowAndReadEachOther() {
        try (var here = FedifyPeer.start("alice");
                var there = FedifyPeer.start("carol")) {
            assertThat(here.webFinger(there.handle("carol"), there.origin().getAuthority()))
                    .contains(there.actor("carol"));
            var follow = here.follow("alice", there.actor("carol"));
            eventually(() -> assertThat(here.following("alice")).containsExactly(there.actor("carol")));

            var note = there.publish("carol", FedifyPeer.Note.of("<p>hello</p>"));
            eventually(() -> assertThat(here.received("Create"))
                    .singleElement()
                    .satisfies(c -> assertThat(c.at("/object/id").asString())
                            .isEqualTo(note.object().orElseThrow())));

            there.delete("carol", note.object().orElseThrow());
            assertThat(here.fetch("alice", note.object().orElseThrow()).status())
                    .isEqualTo(410);
            here.unfollow("alice", there.actor("carol"), follow);
            eventually(() -> assertThat(there.followers("carol")).isEmpty());
        }
    }

    @Test
    void aFediverseServerRefusesWhatIsNotSigned() {
        try (var peer = FedifyPeer.start("alice")) {
            Map<String, Object> like = Map.of(
                    "@context",
                    "https://www.w3.org/ns/activitystreams",
                    "id",
                    peer.actor("alice") + "/likes/1",
                    "type",
                    "Like",
                    "actor",
                    peer.actor("alice"),
                    "object",
                    peer.actor("alice") + "/notes/1");
            assertThat(peer.raw(Map.of("inbox", peer.origin() + "/inbox", "body", like, "spec", "none")))
                    .isEqualTo(401);
            assertThat(peer.received("Like")).isEmpty();
            assertThat(peer.arrivals("Like")).hasSize(1);
        }
    }

    @Test
    void theReferencePdsPassesTheStrictVerifier() {
        try (var peer = AtprotoPeer.start(Map.of());
                var observer = peer.observe(peer.firehose(), 0)) {
            var bob = peer.join("bob");
            var post = peer.post(
                    bob,
                    AtprotoText.of("hé ")
                            .link("site", "https://site.example/")
                            .then(" ")
                            .hashtag("tag"),
                    Optional.empty(),
                    Optional.empty());
            var reply = peer.post(bob, AtprotoText.of("more"), Optional.empty(), Optional.of(post));
            peer.delete(bob, reply);

            eventually(() -> assertThat(observer.records("delete", bob.did(), "app.bsky.feed.post"))
                    .hasSize(1));
            assertThat(observer.records("create", bob.did(), "app.bsky.feed.post"))
                    .extracting(e -> e.path("uri").asString())
                    .containsExactly(post.uri(), reply.uri());
            assertThat(observer.errors()).isEmpty();
            assertThat(peer.records(peer.pds(), bob.did(), "app.bsky.feed.post"))
                    .extracting(r -> r.at("/value/text").asString())
                    .containsExactly("hé site #tag");
            assertThat(peer.document(bob.did())).isPresent();
            assertThat(peer.document("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")).isEmpty();

            Verdict verdict = peer.verify(peer.firehose(), 3);
            assertThat(verdict.failed()).as(verdict.report()).isZero();
            assertThat(verdict.events()).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void theStrictVerifierSeesEveryCorruption() {
        Path golden = ProjectTree.find()
                .root()
                .resolve("../shared/vectors/atproto/golden/repo-commits.json")
                .normalize();
        Assumptions.assumeTrue(Files.exists(golden), "golden commits are not here");
        var installation = PeerInstallation.of("atproto");
        try (var check = PeerProcess.start(
                "strict verifier's own test",
                installation.command("strict-selftest.mjs", List.of(golden.toString())),
                Map.of(),
                installation.scripts(),
                line -> Optional.of(line).filter(l -> l.contains(" passed, ")),
                _ -> {})) {
            assertThat(check.ready()).endsWith(" 0 failed");
            assertThat(check.await(Duration.ofSeconds(30))).isZero();
        }
    }

    @Test
    void aRelayKeepsWhatIsSignedAndDeletesOnRequest() {
        try (var relay = NostrRelay.start();
                var tools = NostrTools.start();
                var client = NostrClient.connect(relay.uri())) {
            var dora = tools.newPerson();
            long now = Instant.now().getEpochSecond();
            JsonNode note =
                    tools.sign(dora, 1, now, "hello nostr:" + dora.npub(), List.of(List.of("p", dora.pubkey())));
            assertThat(client.publish(note)).isEqualTo(new NostrClient.Ok(true, ""));
            assertThat(client.query(Map.of("authors", List.of(dora.pubkey())))).containsExactly(note);
            Verdict verdict = tools.verify(relay.uri(), Map.of());
            assertThat(verdict)
                    .satisfies(v -> assertThat(v.failed()).as(v.report()).isZero());
            assertThat(verdict.events()).isEqualTo(1);

            JsonNode delete = tools.sign(
                    dora, 5, now + 1, "", List.of(List.of("e", note.path("id").asString()), List.of("k", "1")));
            assertThat(client.publish(delete).accepted()).isTrue();
            assertThat(client.query(Map.of("kinds", List.of(1)))).isEmpty();
        }
    }

    @Test
    void aRelayTakesAThousandNotesAMinuteFromOneConnection() {
        try (var relay = NostrRelay.start();
                var tools = NostrTools.start();
                var client = NostrClient.connect(relay.uri())) {
            var dora = tools.newPerson();
            for (int i = 0; i < 200; i++) {
                assertThat(client.publish(tools.sign(dora, 1, 1_700_000_000L + i, "note " + i, List.of()))
                                .accepted())
                        .isTrue();
            }
            assertThat(client.query(Map.of("kinds", List.of(1)))).hasSize(200);
        }
    }

    @Test
    void nostrToolsSeesWhatIsWrongWithAnEvent() {
        try (var tools = NostrTools.start()) {
            var dora = tools.newPerson();
            var other = tools.newPerson();
            String id = "ab".repeat(32);
            assertThat(tools.errors(tools.sign(dora, 1, 1_700_000_000, "fine", List.of(List.of("t", "nostr")))))
                    .isEmpty();
            assertThat(tools.errors(tools.sign(dora, 1, 1_700_000_000, "", List.of(List.of("t", "Nostr")))))
                    .containsExactly("hashtag not in lower case: Nostr");
            assertThat(tools.errors(tools.sign(dora, 1, 1_700_000_000, "", List.of(List.of("e", id)))))
                    .contains("e tags without a root or reply marker", "0 root markers");
            assertThat(tools.errors(tools.sign(dora, 1, 1_700_000_000, "nostr:" + other.npub(), List.of())))
                    .singleElement()
                    .asString()
                    .endsWith("without a p tag");
            var tampered = (ObjectNode) tools.sign(dora, 1, 1_700_000_000, "a", List.of());
            tampered.put("content", "b");
            assertThat(tools.errors(tampered))
                    .containsExactly("id is not the hash of the event", "signature does not verify");
        }
    }
}
