package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.Renaming;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody who is carried wants to be called by a domain of theirs.
class ChosenHandlesTest extends AtprotoConnectorFixture {
    private static final String OWN = "alice.test";
    private static final String GIVEN = "alice-social-example.ap.bridge.org";

    private Ghost ghost = new Ghost(ALICE, ALICE, "", false, java.time.Instant.EPOCH);

    ChosenHandlesTest(MongoDatabase database) {
        super(database);
    }

    @BeforeEach
    void join() {
        ghost = made(alice());
        identities.putIfAbsent(ghost);
    }

    private void says(String name, String did) {
        web.web.has("GET https://" + name + "/.well-known/atproto-did", 200, did);
    }

    private String handle() {
        return pds.store
                .accounts()
                .byDid(new Did(ghost.id().value()))
                .orElseThrow()
                .handle()
                .value();
    }

    @Test
    void aDomainThatNamesThemIsTheirHandleEverywhere() {
        says(OWN, ghost.id().value() + "\n");
        int before = events().size();
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.Renamed(OWN));
        assertThat(handle()).isEqualTo(OWN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(OWN);
        assertThat(events().subList(before, events().size()))
                .singleElement()
                .isInstanceOfSatisfying(
                        IdentityEvent.class, event -> assertThat(event.handle()).contains(new Handle(OWN)));
        assertThat(made(alice()).handle()).as("and stays").isEqualTo(OWN);
    }

    @Test
    void theFirstHandleIsTakenBackWithoutAnyProof() {
        says(OWN, ghost.id().value());
        connector.rename(ghost.id(), OWN);
        assertThat(connector.rename(ghost.id(), "")).isEqualTo(new Renaming.Renamed(GIVEN));
        assertThat(handle()).isEqualTo(GIVEN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(GIVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz", "who are you"})
    void aDomainThatDoesNotNameThemIsNotTakenAndTheyAreToldWhatWouldShowIt(String said) {
        says(OWN, said);
        String did = ghost.id().value();
        assertThat(connector.rename(ghost.id(), OWN))
                .isEqualTo(new Renaming.Unproven(
                        OWN,
                        "_atproto." + OWN,
                        "did=" + did,
                        URI.create("https://alice.test/.well-known/atproto-did"),
                        did));
        assertThat(handle()).isEqualTo(GIVEN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(GIVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob-social-example.ap.bridge.org", "alice.localhost", "alice..test", "a_b.test", "alice.1"})
    void whatIsNoHandleOrIsGivenHereIsNotAskedFor(String name) {
        says(name, ghost.id().value());
        int asked = web.web.requests.size();
        assertThat(connector.rename(ghost.id(), name)).isEqualTo(new Renaming.NoName());
        assertThat(web.web.requests).hasSize(asked);
        assertThat(handle()).isEqualTo(GIVEN);
    }

    @Test
    void aDomainInAnotherScriptIsWrittenAsTheNetworkDoes() {
        says("xn--me-oia.test", ghost.id().value());
        assertThat(connector.rename(ghost.id(), "âme.test")).isEqualTo(new Renaming.Renamed("xn--me-oia.test"));
    }

    @Test
    void aHandleOfSomebodyElseHereIsNotTaken() {
        pds.account("bob");
        says("bob.bridge.test", ghost.id().value());
        assertThat(connector.rename(ghost.id(), "bob.bridge.test")).isEqualTo(new Renaming.Taken());
        assertThat(handle()).isEqualTo(GIVEN);
    }

    @Test
    void aDirectoryThatIsDownOrRefusesChangesNothing() {
        says(OWN, ghost.id().value());
        web.down = true;
        assertThat(connector.rename(ghost.id(), OWN)).isInstanceOf(Renaming.Failed.class);
        web.down = false;
        web.refusing = true;
        assertThat(connector.rename(ghost.id(), OWN)).isInstanceOf(Renaming.Failed.class);
        assertThat(handle()).isEqualTo(GIVEN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(GIVEN);
        web.refusing = false;
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.Renamed(OWN));
    }

    @Test
    void aProcessThatDoesNotPublishAsksNobodyAndChangesNothing() {
        says(OWN, ghost.id().value());
        database.getCollection("atproto_sequence")
                .updateOne(
                        Filters.eq("events"),
                        Updates.combine(
                                Updates.inc("epoch", 1L),
                                Updates.set("host", "elsewhere"),
                                Updates.set(
                                        "until", Date.from(pds.clock.instant().plusSeconds(20)))));
        assertThat(pds.store.sequencer().beat()).isFalse();
        int asked = web.web.requests.size();
        assertThat(connector.rename(ghost.id(), OWN)).isInstanceOf(Renaming.Failed.class);
        assertThat(web.web.requests).hasSize(asked);
        assertThat(web.logs.get(new Did(ghost.id().value()))).hasSize(1);
        assertThat(handle()).isEqualTo(GIVEN);
        pds.clock.advance(Duration.ofSeconds(21));
        assertThat(pds.store.sequencer().beat()).isTrue();
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.Renamed(OWN));
    }

    @Test
    void whatWasBegunIsSaidToBeAndEndsByItself() {
        says(OWN, ghost.id().value());
        web.other = request -> {
            if (request.method().equals("POST")) {
                throw new OutboundException(Failure.UNREACHABLE, "the directory");
            }
            return Optional.empty();
        };
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.Coming(OWN));
        assertThat(handle()).isEqualTo(GIVEN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(GIVEN);
        web.other = _ -> Optional.empty();
        Upkeep upkeep = upkeep(Map.of());
        upkeep.once();
        upkeep.stop();
        assertThat(handle()).isEqualTo(OWN);
        assertThat(identities.byId(ghost.id()).orElseThrow().handle()).isEqualTo(OWN);
    }

    @Test
    void whoAsksTooOftenIsNotLookedUp() {
        for (int i = 0; i < HandleLimits.LOOKS; i++) {
            assertThat(connector.rename(ghost.id(), i + ".nobody.test")).isInstanceOf(Renaming.Unproven.class);
        }
        says(OWN, ghost.id().value());
        int asked = web.web.requests.size();
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.TooOften());
        assertThat(web.web.requests).hasSize(asked);
        pds.clock.advance(HandleLimits.LOOKS_WITHIN);
        assertThat(connector.rename(ghost.id(), OWN)).isEqualTo(new Renaming.Renamed(OWN));
    }

    @Test
    void aHandleIsChangedAFewTimesADayOnly() {
        says(OWN, ghost.id().value());
        for (int i = 0; i < HandleLimits.CHANGES; i++) {
            assertThat(connector.rename(ghost.id(), i % 2 == 0 ? OWN : "")).isInstanceOf(Renaming.Renamed.class);
        }
        int before = events().size();
        assertThat(connector.rename(ghost.id(), "")).isEqualTo(new Renaming.TooOften());
        assertThat(connector.rename(ghost.id(), OWN)).as("it is so").isEqualTo(new Renaming.Renamed(OWN));
        assertThat(events()).hasSize(before);
        pds.clock.advance(HandleLimits.CHANGES_WITHIN);
        assertThat(connector.rename(ghost.id(), "")).isEqualTo(new Renaming.Renamed(GIVEN));
    }

    @Test
    void botsAndStrangersChooseNothing() {
        NativeId origin = Ghost.botOrigin(Network.NOSTR);
        Ghost bot = made(new GhostRequest(origin, Profile.bare(origin, "nostr")));
        for (NativeId who :
                List.of(bot.id(), new NativeId(Network.ATPROTO, "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"), ALICE)) {
            assertThat(connector.rename(who, OWN)).isInstanceOf(Renaming.Failed.class);
        }
    }
}
