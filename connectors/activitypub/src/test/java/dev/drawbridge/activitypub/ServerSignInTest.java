package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.AskingServer;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.Request;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server of an account says whose it is.
@ExtendWith(TestMongo.class)
class ServerSignInTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private static final String PLACES = "https://bridge.example/account/sign-in/back/";
    private static final URI BACK = URI.create(PLACES + "social.example");
    private static final Verdict PROVEN = new Verdict.Proven(ID);
    private final LocalNet net = new LocalNet();
    private final AskingServer server = new AskingServer(ALICE);
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        net.serve("social.example", server);
    }

    private Start begin(String name) {
        var proof = (AccountProof.ByTheirServer) bridge.connector.proofs().getFirst();
        return proof.begin(
                name,
                "state-1",
                server -> URI.create(PLACES + URI.create(server).getAuthority()));
    }

    private Start.Ask asked() {
        return (Start.Ask) begin(ALICE.actor());
    }

    private Verdict signIn() {
        Start.Ask asked = asked();
        return asked.answer().read(server.agree(asked.page()));
    }

    private static Verdict refused(Refusal why) {
        return new Verdict.Refused(why);
    }

    @Test
    void whoSaysYesThereIsThemHere() {
        Start.Ask asked = asked();
        assertThat(asked.person()).isEqualTo(ID);
        assertThat(asked.back()).isEqualTo(BACK);
        assertThat(asked.page().toString()).startsWith("https://social.example/oauth/authorize?");
        assertThat(AskingServer.form(asked.page().getRawQuery()))
                .containsEntry("state", "state-1")
                .containsEntry("scope", "read:accounts")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", BACK.toString());
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(PROVEN);
        assertThat(server.tokens).as("given back").isEmpty();
        assertThat(net.requests.stream().filter(r -> r.uri().getPath().startsWith("/oauth")))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r.maxRedirects()).isZero());
    }

    @Test
    void weIntroduceOurselvesOnceAnHourToEachServer() {
        signIn();
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(server.apps).hasSize(1);
        bridge.clock.advance(Duration.ofMinutes(61));
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(server.apps).hasSize(2);
    }

    @Test
    void aServerThatForgotUsBeforeAnybodyWasSentThereIsToldAnew(MongoDatabase database) {
        asked();
        server.apps.clear();
        bridge.clock.advance(Duration.ofMinutes(61));
        assertThat(signIn()).as("nothing on its page would tell us").isEqualTo(PROVEN);
        assertThat(database.listCollectionNames()).doesNotContain("activitypub_apps");
    }

    @Test
    void whatAServerCallsUsIsShort() {
        String apps = "https://social.example/api/v1/apps";
        for (String[] answer :
                List.of(new String[] {"x".repeat(501), "secret"}, new String[] {"id", "x".repeat(501)}, new String[] {
                    "", "secret"
                })) {
            net.fix(
                    apps,
                    HttpReply.json(
                            200, "{\"client_id\":\"" + answer[0] + "\",\"client_secret\":\"" + answer[1] + "\"}"));
            assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
        }
        net.fix(apps, HttpReply.json(200, "{\"client_id\":\"" + "é".repeat(500) + "\",\"client_secret\":\"s\"}"));
        assertThat(begin(ALICE.actor())).as("long enough").isInstanceOf(Start.Ask.class);
        server.metadata = AskingServer.metadata("https://social.example", "https://social.example/oauth/token")
                .replace("/oauth/authorize", "/oauth/authorize?" + "x".repeat(1_500));
        assertThat(begin(ALICE.actor())).as("its page").isEqualTo(new Start.Refused(Refusal.UNABLE));
    }

    @Test
    void aPageInPlaceOfADescriptionIsNone() {
        String place = "https://social.example/.well-known/oauth-authorization-server";
        for (HttpReply page : List.of(
                HttpReply.of(200, "text/html", "<!doctype html><title>Pleroma</title>"),
                HttpReply.of(200, "text/html", ""),
                HttpReply.json(200, "[]"),
                HttpReply.json(200, "{\"error\":\"Not implemented\"}"))) {
            net.fix(place, page);
            assertThat(signIn()).isEqualTo(PROVEN);
        }
        net.fix(place, HttpReply.json(200, "{\"issuer\":7}"));
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
    }

    @Test
    void aServerThatForgotUsIsToldAnew() {
        signIn();
        Start.Ask asked = asked();
        Map<String, String> answer = server.agree(asked.page());
        server.apps.clear();
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.STALE));
        assertThat(signIn()).isEqualTo(PROVEN);
    }

    @Test
    void whatTheNewestServersSayAboutThemselvesIsKeptTo() {
        server.metadata = AskingServer.metadata("https://social.example", "https://social.example/oauth/token");
        Start.Ask asked = asked();
        assertThat(AskingServer.form(asked.page().getRawQuery())).containsEntry("scope", "profile");
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(PROVEN);
    }

    @Test
    void serversThatNameNoActorAreBelievedAboutPageAndName() {
        server.account = server.account("");
        assertThat(signIn()).isEqualTo(PROVEN);
        server.account = "{\"username\":\"alice\",\"url\":\"https://social.example/@mallory\"}";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        server.account = "{\"username\":\"mallory\",\"url\":\"https://social.example/@alice\"}";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        server.account = server.account("\"pleroma\":{\"ap_id\":\"" + ALICE.actor() + "\"},");
        assertThat(signIn()).isEqualTo(PROVEN);
    }

    @Test
    void somebodyElseThereIsNotThemHere() {
        server.account = server.account("\"uri\":\"https://social.example/users/mallory\",");
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        server.account = server.account(
                "\"uri\":\"https://social.example/users/mallory\",\"pleroma\":{\"ap_id\":\"" + ALICE.actor() + "\"},");
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        assertThat(server.tokens).isEmpty();
    }

    @Test
    void aCodeIsGoodOnceAndForItsOwnQuestion() {
        Start.Ask first = asked();
        Map<String, String> answer = server.agree(first.page());
        Start.Ask second = asked();
        assertThat(second.answer().read(answer)).as("another verifier").isEqualTo(refused(Refusal.STALE));
        Map<String, String> own = server.agree(second.page());
        assertThat(second.answer().read(own)).isEqualTo(PROVEN);
        assertThat(second.answer().read(own)).as("again").isEqualTo(refused(Refusal.STALE));
        assertThat(first.answer().read(Map.of())).isEqualTo(refused(Refusal.STALE));
    }

    @Test
    void whoSaysNoIsNotSignedIn() {
        assertThat(asked().answer().read(Map.of("error", "access_denied"))).isEqualTo(refused(Refusal.DECLINED));
    }

    @Test
    void anAnswerOfAnotherServerIsRefused() {
        Start.Ask asked = asked();
        var answer = new HashMap<>(server.agree(asked.page()));
        answer.put("iss", "https://evil.example");
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        assertThat(server.tokens).isEmpty();
    }

    @Test
    void whoSaysThatItSignsItsAnswersHasToSignThem() {
        server.metadata = AskingServer.metadata("https://social.example", "https://social.example/oauth/token")
                .replaceFirst("\\{", "{\"authorization_response_iss_parameter_supported\":true,");
        Start.Ask asked = asked();
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        assertThat(net.requests).noneMatch(r -> r.uri().getPath().equals("/oauth/token"));
        var signed = new HashMap<>(server.agree(asked.page()));
        signed.put("iss", "https://social.example");
        assertThat(asked.answer().read(signed)).isEqualTo(PROVEN);
    }

    @Test
    void nothingIsSentToAnotherOrigin() {
        for (String elsewhere :
                List.of("https://evil.example/token", "http://social.example/t", "https://10.0.0.1/t")) {
            server.metadata = AskingServer.metadata("https://social.example", elsewhere);
            assertThat(begin(ALICE.actor())).as(elsewhere).isEqualTo(new Start.Refused(Refusal.UNABLE));
        }
        server.metadata = AskingServer.metadata("https://evil.example", "https://evil.example/oauth/token");
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
        assertThat(net.requests).allSatisfy(r -> assertThat(r.uri().getHost()).isEqualTo("social.example"));
    }

    @Test
    void aRedirectToAPrivateAddressLeadsNowhere() {
        Start.Ask asked = asked();
        Map<String, String> answer = server.agree(asked.page());
        net.fix(
                "https://social.example/api/v1/accounts/verify_credentials",
                HttpReply.of(302).with("location", "http://10.0.0.1/" + ALICE.actor()));
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.UNABLE));
        net.fix(
                "https://social.example/oauth/token",
                HttpReply.of(307).with("location", "http://169.254.169.254/latest"));
        assertThat(signIn()).isEqualTo(refused(Refusal.STALE));
        assertThat(net.requests.stream().map(Request::uri))
                .allSatisfy(uri -> assertThat(uri.getHost()).isEqualTo("social.example"));
        assertThat(server.tokens).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aServerThatCannotBeReachedIsSaid(Failure failure) {
        net.fail("https://social.example/.well-known/oauth-authorization-server", failure);
        boolean later =
                List.of(Failure.UNREACHABLE, Failure.TIMEOUT, Failure.TLS).contains(failure);
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(later ? Refusal.SILENT : Refusal.UNABLE));
    }

    @Test
    void aServerWithoutTheWayIsSaid() {
        net.fix("https://social.example/api/v1/apps", HttpReply.of(404));
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
        net.fix("https://social.example/api/v1/apps", HttpReply.json(200, "{\"name\":\"x\"}"));
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
        net.fix("https://social.example/api/v1/apps", HttpReply.text(200, "<html>"));
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.UNABLE));
        net.fix("https://social.example/api/v1/apps", HttpReply.of(503));
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.SILENT));
        net.forget("https://social.example/api/v1/apps");
        Start.Ask asked = asked();
        net.fix("https://social.example/oauth/token", HttpReply.json(200, "{\"access_token\":\"a b\\r\\nc\"}"));
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(refused(Refusal.STALE));
        net.fix("https://social.example/oauth/token", HttpReply.of(502));
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(refused(Refusal.SILENT));
    }

    @Test
    void namesOfNobodyAndOfOursAreRefused() {
        assertThat(begin("not a name")).isEqualTo(new Start.Refused(Refusal.NOBODY));
        assertThat(begin("https://social.example/users/nobody")).isEqualTo(new Start.Refused(Refusal.NOBODY));
        NativeId ghost = bridge.ghost(new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        assertThat(begin(ghost.value())).isEqualTo(new Start.Refused(Refusal.NOBODY));
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        assertThat(begin(ALICE.actor())).isEqualTo(new Start.Refused(Refusal.SILENT));
    }
}
