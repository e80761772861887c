package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.MovingOut;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Owners sign in, and stay signed in as long as they may.
class SessionsTest extends OwnerFixture {
    SessionsTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void whoHasThePasswordSignsInAndNothingElseIsKeptOfIt() {
        JsonNode session = signedIn();
        assertThat(session.path("did").asString()).isEqualTo(did.value());
        assertThat(session.path("handle").asString()).isEqualTo(ghost.handle());
        assertThat(session.path("active").asBoolean()).isTrue();
        assertThat(session.at("/didDoc/id").asString()).isEqualTo(did.value());
        assertThat(login(did.value(), passage.password()).status()).isEqualTo(200);
        String access = session.path("accessJwt").asString();
        assertThat(part(access, 0).path("typ").asString()).isEqualTo("at+jwt");
        assertThat(part(access, 1).path("scope").asString()).isEqualTo("com.atproto.access");
        assertThat(part(access, 1).path("aud").asString()).isEqualTo("did:web:at.bridge.org");
        assertThat(get("server.getSession", access).json().path("handle").asString())
                .isEqualTo(ghost.handle());
        String kept =
                database.getCollection("atproto_departures").find().first().toJson();
        assertThat(kept)
                .contains("$argon2id$")
                .doesNotContain(passage.password())
                .doesNotContain(passage.code());
        assertThat(passage.toString()).doesNotContain(passage.password()).doesNotContain(passage.code());
    }

    @Test
    void whoGuessesIsLockedOutForAWhile() {
        assertThat(login(passage.name(), "wrong").error()).isEqualTo("401 AuthenticationRequired");
        assertThat(login("nobody.ap.bridge.org", passage.password()).error()).isEqualTo("401 AuthenticationRequired");
        assertThat(login("not a name", "x").error()).isEqualTo("401 AuthenticationRequired");
        assertThat(post("server.createSession", "", "{\"identifier\":\"a.b\"}").error())
                .isEqualTo("400 InvalidRequest");
        for (int i = 0; i < 9; i++) {
            login(passage.name(), "wrong");
        }
        assertThat(login(passage.name(), passage.password()).error()).isEqualTo("429 RateLimitExceeded");
        address = "192.0.2.2";
        assertThat(login(passage.name(), passage.password()).status())
                .as("nobody is kept out by a stranger")
                .isEqualTo(200);
        address = "192.0.2.1";
        assertThat(login(passage.name(), passage.password()).error()).isEqualTo("429 RateLimitExceeded");
        pds.clock.advance(Duration.ofMinutes(16));
        assertThat(login(passage.name(), passage.password()).status()).isEqualTo(200);
    }

    @Test
    void aNetworkOfManyAddressesIsOne() {
        for (int i = 0; i < 10; i++) {
            address = "2001:db8:1:2::" + i;
            login(passage.name(), "wrong");
        }
        address = "2001:db8:1:2:ffff::1";
        assertThat(login(passage.name(), passage.password()).error()).isEqualTo("429 RateLimitExceeded");
        address = "2001:db8:1:3::1";
        assertThat(login(passage.name(), passage.password()).status()).isEqualTo(200);
    }

    @Test
    void oneAddressMayNotAskAllTheTime() {
        for (int i = 0; i < 30; i++) {
            login("nobody" + i + ".ap.bridge.org", "x");
        }
        assertThat(login(passage.name(), passage.password()).error()).isEqualTo("429 RateLimitExceeded");
        pds.clock.advance(Duration.ofMinutes(6));
        assertThat(login(passage.name(), passage.password()).status()).isEqualTo(200);
    }

    @Test
    void aTokenHasToBeOneOfOursAndInTime() {
        JsonNode session = signedIn();
        String access = session.path("accessJwt").asString();
        String refresh = session.path("refreshJwt").asString();
        String[] parts = access.split("\\.");
        assertThat(get("server.getSession", "").error()).isEqualTo("401 AuthMissing");
        for (String forged : List.of(
                "x",
                "a.b.c",
                parts[0] + '.' + parts[1] + '.',
                parts[0] + '.' + parts[1] + '.' + refresh.split("\\.")[2],
                refresh,
                parts[0].replace('e', 'f') + '.' + parts[1] + '.' + parts[2])) {
            assertThat(get("server.getSession", forged).error()).as(forged).isEqualTo("400 InvalidToken");
        }
        assertThat(post("server.refreshSession", access, "").error()).isEqualTo("400 InvalidToken");
        pds.clock.advance(Duration.ofHours(2));
        assertThat(get("server.getSession", access).error()).isEqualTo("400 ExpiredToken");
    }

    @Test
    void aSessionGoesOnUnderAnotherNameUntilItIsEnded() {
        String first = signedIn().path("refreshJwt").asString();
        String second = post("server.refreshSession", first, "")
                .json()
                .path("refreshJwt")
                .asString();
        String again = post("server.refreshSession", first, "")
                .json()
                .path("refreshJwt")
                .asString();
        assertThat(part(again, 1).path("jti"))
                .as("the answer may have been lost")
                .isEqualTo(part(second, 1).path("jti"));
        assertThat(part(second, 1).path("jti")).isNotEqualTo(part(first, 1).path("jti"));
        pds.clock.advance(Duration.ofMinutes(121));
        assertThat(post("server.refreshSession", first, "").error()).isEqualTo("400 ExpiredToken");
        String third = post("server.refreshSession", second, "")
                .json()
                .path("refreshJwt")
                .asString();
        assertThat(post("server.deleteSession", third, "").status()).isEqualTo(200);
        assertThat(post("server.refreshSession", third, "").error()).isEqualTo("400 ExpiredToken");
        assertThat(post("server.refreshSession", second, "").error())
                .as("nor by its older name")
                .isEqualTo("400 ExpiredToken");
    }

    @Test
    void aSessionIsEndedUnderEveryNameItEverHad() {
        String other = signedIn().path("refreshJwt").asString();
        String first = signedIn().path("refreshJwt").asString();
        String second = post("server.refreshSession", first, "")
                .json()
                .path("refreshJwt")
                .asString();
        String third = post("server.refreshSession", second, "")
                .json()
                .path("refreshJwt")
                .asString();
        assertThat(post("server.deleteSession", first, "").status()).isEqualTo(200);
        for (String over : List.of(first, second, third)) {
            assertThat(post("server.refreshSession", over, "").error()).isEqualTo("400 ExpiredToken");
        }
        assertThat(post("server.refreshSession", other, "").status()).isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsTheOldOneAndWhatItOpened() {
        JsonNode session = signedIn();
        MovingOut next = connector.moveOut(ghost.id()).orElseThrow();
        assertThat(get("server.getSession", session.path("accessJwt").asString())
                        .error())
                .isEqualTo("400 ExpiredToken");
        assertThat(post("server.refreshSession", session.path("refreshJwt").asString(), "")
                        .error())
                .isEqualTo("400 ExpiredToken");
        assertThat(login(passage.name(), passage.password()).error()).isEqualTo("401 AuthenticationRequired");
        assertThat(login(next.name(), next.password()).status()).isEqualTo(200);
        pds.clock.advance(Duration.ofDays(7));
        assertThat(login(next.name(), next.password()).error()).isEqualTo("401 AuthenticationRequired");
        pds.store.departures().prune(pds.clock.instant().plusSeconds(1));
        assertThat(pds.store.departures().of(did)).isEmpty();
    }

    @Test
    void botsAndStrangersDoNotMove() {
        Ghost bot = made(new dev.drawbridge.model.spi.GhostRequest(
                Ghost.botOrigin(Network.NOSTR),
                dev.drawbridge.model.Profile.bare(Ghost.botOrigin(Network.NOSTR), "nostr")));
        assertThat(connector.moveOut(bot.id())).isEmpty();
        assertThat(connector.moveOut(new NativeId(Network.ATPROTO, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")))
                .isEmpty();
        assertThat(connector.moveOut(ALICE)).isEmpty();
    }

    @Test
    void whoSignedInComplainsWithoutAnotherServer() {
        String about = "{\"reasonType\":\"com.atproto.moderation.defs#reasonSpam\",\"subject\":"
                + "{\"$type\":\"com.atproto.admin.defs#repoRef\",\"did\":\"" + did + "\"}}";
        assertThat(post("moderation.createReport", "", about).error()).isEqualTo("401 AuthMissing");
        Reply reply = post("moderation.createReport", access(), about);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("reportedBy").asString()).isEqualTo(did.value());
        assertThat(complaints).hasSize(1);
    }
}
