package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Some servers write a person's page where the id of the person belongs.
class InboxMentionPageTest extends InboxFixture {
    private static final NativeId BOB = new NativeId(Network.ATPROTO, "did:plc:bob");
    private static final String PAGE = "https://bsky.example/profile/bob.example";
    private final RemoteServer carol = new RemoteServer("third.example", "carol");
    private String ghost = "";
    private String handle = "";

    @BeforeEach
    void bobHasAGhost() {
        var profile = Profile.builder(BOB, "bob.example")
                .url(Optional.of(URI.create(PAGE)))
                .build();
        var made = ((GhostOutcome.Ready) bridge.connector.ensureGhost(new GhostRequest(BOB, profile))).ghost();
        ghost = made.id().value();
        handle = made.handle();
    }

    /// Whom alice mentions, as the engine is told.
    private List<NativeId> mentioned(String href, String name) {
        bridge.received.clear();
        String user = name.split("@")[1];
        String create = ALICE.create(1, "<p><a href='%s' class='mention'>@%s</a> hi</p>".formatted(href, user))
                .replace(
                        "\"published\"",
                        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"%s\"}],\"published\""
                                .formatted(href, name));
        assertThat(post(ALICE, create).status()).isEqualTo(202);
        var event = bridge.received.getFirst();
        assertThat(Documents.parse(event.body().text()).found()).isPresent();
        var read = bridge.connector.translator().toCanonical(event, Resolved.NOTHING, bridge.clock.instant());
        var publish = (Activity.Publish)
                ((Translation.Translated<List<Activity>>) read).value().getFirst();
        List<NativeId> facets = publish.post().text().facets().stream()
                .filter(Facet.Mention.class::isInstance)
                .map(f -> ((Facet.Mention) f).actor())
                .toList();
        assertThat(event.names()).containsAll(facets);
        return facets;
    }

    @Test
    void aPageOfOursIsTheGhost() {
        assertThat(mentioned(PAGE, handle)).containsExactly(ap(ghost));
        assertThat(mentioned(ghost, handle)).as("an id stays what it is").containsExactly(ap(ghost));
    }

    @Test
    void aPageThatIsNotTheirsIsNot() {
        assertThat(mentioned("https://bsky.example/profile/eve.example", handle))
                .containsExactly(ap("https://bsky.example/profile/eve.example"));
        assertThat(mentioned(PAGE, "@bob.example@elsewhere.example")).containsExactly(ap(PAGE));
        assertThat(mentioned(PAGE, "@nobody@bridge.example")).containsExactly(ap(PAGE));
    }

    @Test
    void aPageOfSomebodyElseIsTheirsIfTheyAreKnownAndNobodyIsAsked() {
        String page = "https://third.example/@carol";
        assertThat(mentioned(page, "@carol@third.example")).containsExactly(ap(page));
        assertThat(net.requests).noneMatch(r -> r.uri().getHost().equals("third.example"));
        carol.on(net);
        meet(carol);
        assertThat(mentioned(page, "@carol@third.example")).containsExactly(ap(carol.actor()));
        assertThat(net.requests).noneMatch(r -> r.uri().getHost().equals("third.example"));
    }

    @Test
    void aPageOnAnotherHostIsNobodys() {
        String page = "https://bank.example/@boss";
        net.document(carol.actor(), Documents.write(carol.document().put("url", page)));
        meet(carol);
        assertThat(mentioned(page, "@boss@bank.example")).containsExactly(ap(page));
    }

    @Test
    void whatTheMessageProvesIsCheckedAsItCame() {
        net.document(ALICE.actor(), Documents.write(ALICE.documentWithProofKey()));
        String create = ALICE.create(1, "<p><a href='%s'>@bob.example</a></p>".formatted(PAGE))
                .replace(
                        "\"published\"",
                        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"%s\"}],\"published\""
                                .formatted(PAGE, handle));
        post(MALLORY, ALICE.proven(create, bridge.clock.instant()));
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().names()).contains(ap(ghost));
    }
}
