package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two servers that answer signed requests only, Fedify and the bridge, and what they can know of each other.
class FedifySecureModeIT extends FedifyFixture {
    private FedifyPeer secured;

    @Override
    Map<String, String> settings() {
        return Map.of("drawbridge.activitypub.authorized-fetch", "true");
    }

    @BeforeAll
    void startSecured() {
        secured = FedifyPeer.startSecured("erin");
    }

    @AfterAll
    void stopSecured() {
        if (secured != null) {
            secured.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cavage", "rfc9421"})
    void whoSignsMayRead(String kind) {
        String ghost = fediverse.ghost(nostrAuthor()).orElseThrow().id();

        var answer = secured.ask("erin", ghost, Map.of("spec", kind));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asString()).isEqualTo(ghost);
    }

    @Test
    void whoDoesNotSignReadsNothingButTheInstanceActor() {
        String ghost = fediverse.ghost(nostrAuthor()).orElseThrow().id();
        URI instance = world.instance().base().resolve("/ap/instance");
        var http = new Http();

        assertThat(http.get(URI.create(ghost), "accept", "application/activity+json")
                        .status())
                .isEqualTo(401);
        assertThat(secured.ask("erin", ghost, Map.of("spec", "none")).status()).isEqualTo(401);
        assertThat(http.get(instance, "accept", "application/activity+json").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cavage", "rfc9421"})
    void whoSignsWithAnotherKeyReadsNothing(String kind) {
        String ghost = fediverse.ghost(nostrAuthor()).orElseThrow().id();

        assertThat(secured.ask("erin", ghost, Map.of("spec", kind, "wrongKey", true))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsOldReadsNothing() {
        String ghost = fediverse.ghost(nostrAuthor()).orElseThrow().id();

        assertThat(secured.ask("erin", ghost, Map.of("spec", "cavage", "skewSeconds", -46_800))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void twoThatBothInsistFollowEachOther() {
        var erin = new Person("activitypub", "erin", secured.actor("erin"), secured.handle("erin"));
        String bot = botFor("nostr");
        secured.follow("erin", bot);
        eventually(() -> assertThat(secured.following("erin")).contains(bot));
        eventually(() -> assertThat(nostr.ghost(erin)).isPresent());

        Person nora = nostrAuthor();
        String ghost = fediverse.ghost(nora).orElseThrow().id();
        secured.follow("erin", ghost);
        eventually(() -> assertThat(secured.following("erin")).contains(ghost));
        nostr.publish(nora, Words.of("between two locked doors"));
        eventually(() -> assertThat(secured.received("Create"))
                .anySatisfy(c -> assertThat(c.at("/object/content").asString()).contains("between two locked doors")));
        nostr.follow(nora, nostr.ghost(erin).orElseThrow().id());
        eventually(() -> assertThat(secured.followers("erin")).contains(ghost));
    }
}
