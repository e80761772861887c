package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Owners take their account to another host.
class MovesOutTest extends OwnerFixture {
    MovesOutTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void anotherServerLearnsWhoSomebodyIs() {
        String access = access();
        long now = pds.clock.instant().getEpochSecond();
        String ask = "server.getServiceAuth?aud=did:web:pds.elsewhere.example&lxm=com.atproto.server.createAccount";
        String token = get(ask, access).json().path("token").asString();
        JsonNode claims = part(token, 1);
        assertThat(claims.path("iss").asString()).isEqualTo(did.value());
        assertThat(claims.path("aud").asString()).isEqualTo("did:web:pds.elsewhere.example");
        assertThat(claims.path("lxm").asString()).isEqualTo("com.atproto.server.createAccount");
        assertThat(claims.path("exp").asLong()).isEqualTo(now + 60);
        String signed = token.substring(0, token.lastIndexOf('.'));
        byte[] signature = Base64.getUrlDecoder().decode(token.split("\\.")[2]);
        DidKey key = changes(List.of())
                .recommended(pds.store.accounts().byDid(did).orElseThrow())
                .verificationMethods()
                .values()
                .stream()
                .map(DidKey::parse)
                .findFirst()
                .orElseThrow();
        assertThat(key.verify(pds.cryptography, signed.getBytes(StandardCharsets.US_ASCII), signature))
                .isTrue();
        assertThat(get(ask + "&exp=" + (now + 3_000), access).status()).isEqualTo(200);
        assertThat(get(ask + "&exp=" + (now - 1), access).error()).isEqualTo("400 BadExpiration");
        assertThat(get(ask + "&exp=" + (now + 3_601), access).error()).isEqualTo("400 BadExpiration");
        assertThat(get("server.getServiceAuth?aud=did:web:x.example&exp=" + (now + 61), access)
                        .error())
                .isEqualTo("400 BadExpiration");
        assertThat(get("server.getServiceAuth?aud=did:web:x.example&lxm=com.atproto.server.deactivateAccount", access)
                        .error())
                .isEqualTo("400 InvalidRequest");
        assertThat(get("server.getServiceAuth?aud=nobody", access).error()).isEqualTo("400 InvalidRequest");
        assertThat(get(ask, "").error()).isEqualTo("401 AuthMissing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createRecord", "putRecord", "deleteRecord", "applyWrites", "uploadBlob", "importRepo"})
    void aStandInSaysWhatItsOwnerSaysAndNothingElse(String write) {
        RepoState before = state();
        assertThat(post("repo." + write, "", "{}").error()).isEqualTo("401 AuthMissing");
        Reply refused = post("repo." + write, access(), "{\"repo\":\"" + did + "\"}");
        assertThat(refused.error()).isEqualTo("400 InvalidRequest");
        assertThat(refused.json().path("message").asString()).contains("move it to a server of your own");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatAMovingProgramAsksForIsAnswered() {
        String access = access();
        JsonNode status = get("server.checkAccountStatus", access).json();
        assertThat(status.path("activated").asBoolean()).isTrue();
        assertThat(status.path("validDid").asBoolean()).isTrue();
        assertThat(status.path("repoCommit").asString())
                .isEqualTo(state().head().commit().toString());
        assertThat(status.path("indexedRecords").asLong()).isEqualTo(1);
        assertThat(status.path("repoBlocks").asLong()).isEqualTo(3);
        assertThat(get("repo.listMissingBlobs", access).json().path("blobs")).isEmpty();
        assertThat(post("server.activateAccount", access, "").status()).isEqualTo(200);
        assertThat(post("identity.requestPlcOperationSignature", access, "").status())
                .isEqualTo(200);
        JsonNode credentials =
                get("identity.getRecommendedDidCredentials", access).json();
        assertThat(credentials.at("/alsoKnownAs/0").asString()).isEqualTo("at://" + ghost.handle());
        assertThat(credentials.at("/services/atproto_pds/endpoint").asString()).isEqualTo("https://at.bridge.org");
        assertThat(credentials.path("rotationKeys")).hasSize(1);
        assertThat(credentials.at("/verificationMethods/atproto").asString()).startsWith("did:key:z");
        for (String asked : List.of(
                "server.checkAccountStatus", "repo.listMissingBlobs", "identity.getRecommendedDidCredentials")) {
            assertThat(get(asked, "").error()).as(asked).isEqualTo("401 AuthMissing");
        }
        for (String asked : List.of(
                "server.activateAccount",
                "server.deactivateAccount",
                "server.refreshSession",
                "server.deleteSession",
                "identity.requestPlcOperationSignature",
                "identity.signPlcOperation",
                "identity.submitPlcOperation")) {
            assertThat(post(asked, "", "{}").error()).as(asked).isEqualTo("401 AuthMissing");
        }
        assertThat(post("identity.submitPlcOperation", access, "{}").error()).isEqualTo("400 InvalidRequest");
    }

    @Test
    void aSessionAloneMovesNobody() {
        String access = access();
        assertThat(post("identity.signPlcOperation", access, "{}").error()).isEqualTo("400 InvalidRequest");
        assertThat(post("identity.signPlcOperation", access, wish("wrong")).error())
                .isEqualTo("400 InvalidToken");
        for (String bad : List.of(
                "\"rotationKeys\":[]",
                "\"rotationKeys\":[\"x\"]",
                "\"alsoKnownAs\":[1]",
                "\"verificationMethods\":{\"atproto\":\"x\"}",
                "\"services\":{\"atproto_pds\":{}}",
                "\"services\":[]")) {
            assertThat(post("identity.signPlcOperation", access, "{\"token\":\"" + passage.code() + "\"," + bad + "}")
                            .error())
                    .as(bad)
                    .isEqualTo("400 InvalidRequest");
        }
        web.down = true;
        assertThat(post("identity.signPlcOperation", access, wish(passage.code()))
                        .error())
                .isEqualTo("502 UpstreamFailure");
        web.down = false;
        for (int i = 0; i < 10; i++) {
            post("identity.signPlcOperation", access, wish("wrong"));
        }
        assertThat(post("identity.signPlcOperation", access, wish(passage.code()))
                        .error())
                .isEqualTo("429 RateLimitExceeded");
        assertThat(login(passage.name(), passage.password()).status())
                .as("who guesses at the code keeps nobody out")
                .isEqualTo(200);
    }

    @Test
    void aCodeIsGoodOnce() {
        String access = access();
        signed(access);
        assertThat(post("identity.signPlcOperation", access, wish(passage.code()))
                        .error())
                .isEqualTo("400 InvalidToken");
    }

    @Test
    void whoTookTheAccountElsewhereSpeaksThereAloneAndIsNotCarriedAnyMore() {
        String access = access();
        SignedPlcOperation operation = signed(access);
        Change change = (Change) operation.operation();
        assertThat(change.services().get("atproto_pds").endpoint()).isEqualTo(NEW_HOST);
        assertThat(change.alsoKnownAs()).containsExactly("at://" + ghost.handle());
        moves.step();
        assertThat(state().active()).as("nobody handed it in").isTrue();
        web.took(did, operation);
        receipt = new Receipt.Busy(Duration.ofSeconds(1));
        after(Duration.ofSeconds(10));
        assertThat(state().status()).isEqualTo(AccountEvent.DEACTIVATED);
        receipt = new Receipt.Accepted();
        after(Duration.ofSeconds(30));
        assertThat(told).as("it is not its turn yet").hasSize(1);
        after(Duration.ofSeconds(30));
        after(Duration.ofHours(1));
        assertThat(told).hasSize(2);
        assertThat(told.getLast())
                .as("it is one word, however often it is said")
                .isEqualTo(told.getFirst());
        NativeEvent event = told.getLast();
        assertThat(event.author()).isEqualTo(ALICE);
        assertThat(event.names()).containsExactly(BOT);
        assertThat(Told.of(event.body().text()).orElseThrow().command())
                .matches(command ->
                        command.verb() == Verb.MIGRATE && command.words().equals(List.of("atproto")));
        lastStep(access);
        nothingIsSaidThereAnyMore();
    }

    /// Programs that move accounts close the old one when everything else is done.
    private void lastStep(String access) {
        String again = access();
        assertThat(get("server.getSession", access).json().path("active").asBoolean())
                .isFalse();
        assertThat(post("server.deactivateAccount", access, "{}").status()).isEqualTo(200);
        assertThat(post("server.deactivateAccount", again, "{}").status()).isEqualTo(200);
        assertThat(told).hasSize(2);
        pds.clock.advance(Duration.ofDays(7));
        pds.store.departures().prune(pds.clock.instant());
        assertThat(pds.store.departures().of(did)).isEmpty();
        assertThat(get("server.getSession", access).error()).isEqualTo("400 ExpiredToken");
    }

    private void nothingIsSaidThereAnyMore() {
        RepoState before = state();
        assertThat(connector.deliver(draft(ghost, "3l3qo2vutsw2b", post("still here")), REPO))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        var goodbye = new dev.drawbridge.model.spi.NativeDraft(
                java.util.Optional.of(ghost.id()),
                java.util.Optional.empty(),
                List.of(
                        "{\"collection\":\"app.bsky.actor.profile\",\"rkey\":\"self\",\"delete\":true}",
                        "{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(goodbye, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Refused.class);
        assertThat(connector.moveOut(ghost.id())).isEmpty();
        assertThat(state()).isEqualTo(before);
        assertThat(pds.store.writer().backlog().writes()).isZero();
        assertThat(events().getLast()).isInstanceOf(AccountEvent.class);
    }

    private List<String> movedWords() {
        return Told.of(told.getLast().body().text()).orElseThrow().command().words();
    }

    @Test
    void whatIsAddedAfterTheCopyIsToldAndCanBeCopiedByItsOwnerAlone() {
        String access = access();
        assertThat(get("sync.getRepo?did=" + did, access).status()).isEqualTo(200);
        String copied = state().head().rev().value();
        connector.deliver(draft(ghost, "3l3qo2vutsw2b", post("in between")), REPO);
        assertThat(get("sync.getRepo?did=" + did, "").status())
                .as("what somebody else copies is not theirs")
                .isEqualTo(200);
        web.took(did, signed(access));
        after(Duration.ofSeconds(10));
        assertThat(movedWords()).containsExactly("atproto", "since", copied);

        for (String asked : List.of(
                "sync.getRepo?did=" + did,
                "sync.getRepo?did=" + did + "&since=" + copied,
                "sync.getLatestCommit?did=" + did,
                "sync.listBlobs?did=" + did)) {
            assertThat(get(asked, "").error()).as(asked).isEqualTo("400 RepoDeactivated");
            assertThat(get(asked, "no.good.token").error()).as(asked).isEqualTo("400 RepoDeactivated");
            assertThat(get(asked, access).status()).as(asked).isEqualTo(200);
        }
        assertThat(get("sync.getRepo?did=" + did + "&since=" + copied, access).body())
                .contains("in between");
        pds.clock.advance(Duration.ofDays(7));
        assertThat(get("sync.getRepo?did=" + did, access).error()).isEqualTo("400 RepoDeactivated");
    }

    @Test
    void aSecondCopyBeforeTheMoveLeavesNothingBehind() {
        String access = access();
        get("sync.getRepo?did=" + did, access);
        connector.deliver(draft(ghost, "3l3qo2vutsw2b", post("in between")), REPO);
        get("sync.getRepo?did=" + did, access);
        web.took(did, signed(access));
        after(Duration.ofSeconds(10));
        assertThat(movedWords()).containsExactly("atproto");
    }

    @Test
    void anotherPasswordForgetsWhatWasCopiedWithTheOneBefore() {
        get("sync.getRepo?did=" + did, access());
        assertThat(pds.store.departures().of(did).orElseThrow().copied()).isPresent();
        connector.moveOut(ghost.id());
        assertThat(pds.store.departures().of(did).orElseThrow().copied()).isEmpty();
    }

    private Reply named(String access, String handle) {
        return post("identity.updateHandle", access, "{\"handle\":\"" + handle + "\"}");
    }

    @Test
    void aDomainOfTheirOwnIsTheirHandleIfItNamesThem() {
        String access = access();
        assertThat(named("", "alice.garden").error()).isEqualTo("401 AuthMissing");
        assertThat(named(access, "alice_").error()).isEqualTo("400 InvalidHandle");
        assertThat(named(access, "alice.garden").error()).isEqualTo("400 InvalidRequest");
        web.web.has("GET https://alice.garden/.well-known/atproto-did", 200, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(named(access, "alice.garden").error()).isEqualTo("400 InvalidRequest");
        assertThat(named(access, "somebody-else.ap.bridge.org")
                        .json()
                        .path("message")
                        .asString())
                .contains("a domain of your own");
        web.web.has("GET https://alice.garden/.well-known/atproto-did", 200, did.value());
        assertThat(named(access, "Alice.garden").status()).isEqualTo(200);
        assertThat(get("server.getSession", access).json().path("handle").asString())
                .isEqualTo("alice.garden");
        assertThat(((Change) web.logs.get(did).getLast().operation()).alsoKnownAs())
                .containsExactly("at://alice.garden");
        assertThat(get("identity.resolveHandle?handle=alice.garden", "")
                        .json()
                        .path("did")
                        .asString())
                .isEqualTo(did.value());
        assertThat(named(access, ghost.handle()).status()).as("and back").isEqualTo(200);
        assertThat(get("server.getSession", access).json().path("handle").asString())
                .isEqualTo(ghost.handle());
        web.down = true;
        assertThat(named(access, "alice.garden").error()).isEqualTo("502 UpstreamFailure");
    }

    @Test
    void aKeyThatSomebodyElseMayHaveIsReplaced() {
        String before = ((Change) web.logs.get(did).getLast().operation())
                .verificationMethods()
                .get("atproto");
        assertThat(connector.renewKey(ghost.id())).isEmpty();
        assertThat(((Change) web.logs.get(did).getLast().operation())
                        .verificationMethods()
                        .get("atproto"))
                .isNotEqualTo(before);
        assertThat(connector.renewKey(ALICE).orElseThrow()).contains("nobody of this network");
        web.down = true;
        assertThat(connector.renewKey(ghost.id()).orElseThrow()).contains("not available");
    }

    @Test
    void nobodyClosesAnAccountThatIsStillHere() {
        String access = access();
        signed(access);
        web.down = true;
        assertThat(post("server.deactivateAccount", access, "").error()).isEqualTo("502 UpstreamFailure");
        web.down = false;
        Reply refused = post("server.deactivateAccount", access, "{}");
        assertThat(refused.error()).isEqualTo("400 InvalidRequest");
        assertThat(refused.json().path("message").asString()).contains("still names this server");
        assertThat(state().active()).isTrue();
        assertThat(told).isEmpty();
        assertThat(get("server.getSession", access).status()).isEqualTo(200);
        assertThat(pds.store.departures().watched(pds.clock.instant(), 10)).hasSize(1);
    }
}
