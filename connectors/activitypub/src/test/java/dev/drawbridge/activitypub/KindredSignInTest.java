package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.AskingServer;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.LogLines;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.wire.ServerSignIn;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Servers that speak Mastodon's methods and are none.
@ExtendWith(TestMongo.class)
class KindredSignInTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private static final String BACK = "https://bridge.example/account/sign-in/back/" + "5e".repeat(32);
    private static final Verdict PROVEN = new Verdict.Proven(ID);
    private static final Verdict SOMEBODY_ELSE = new Verdict.Refused(Refusal.SOMEBODY_ELSE);
    private final LocalNet net = new LocalNet();
    private final AskingServer server = new AskingServer(ALICE);
    private final LogLines log = new LogLines(ServerSignIn.class.getName());
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        net.serve("social.example", server);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private String scope = "";

    private Verdict signIn() {
        var proof = (AccountProof.ByTheirServer) bridge.connector.proofs().getFirst();
        var asked = (Start.Ask) proof.begin(ALICE.actor(), "state-1", _ -> URI.create(BACK));
        scope = AskingServer.form(asked.page().getRawQuery()).getOrDefault("scope", "");
        return asked.answer().read(server.agree(asked.page()));
    }

    /// The document of an actor whose page is elsewhere than Mastodon has it.
    private void pageAt(String page) {
        net.document(ALICE.actor(), Documents.write(ALICE.document().put("url", "https://social.example" + page)));
    }

    private static String account(String page, String more) {
        return "{\"id\":\"01FK\",\"username\":\"alice\",\"acct\":\"alice\",\"url\":\"https://social.example" + page
                + "\"," + more + "\"note\":\"\",\"source\":{\"privacy\":\"public\"}}";
    }

    @Test
    void goToSocial() {
        server.metadata = """
            {"issuer":"https://social.example","scopes_supported":["read","read:accounts","write","profile"],
             "response_types_supported":["code"],"grant_types_supported":["authorization_code","client_credentials"],
             "authorization_endpoint":"https://social.example/oauth/authorize",
             "token_endpoint":"https://social.example/oauth/token","app_registration_endpoint":
             "https://social.example/api/v1/apps","code_challenge_methods_supported":["S256"]}
            """;
        server.account = account("/@alice", "\"role\":{\"name\":\"user\"},");
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(scope).isEqualTo("profile");
        server.account = account("/@bob", "").replace("\"alice\"", "\"bob\"");
        assertThat(signIn()).isEqualTo(SOMEBODY_ELSE);
        assertThat(server.tokens).isEmpty();
    }

    /// A server that describes itself knows what it wrote there and nothing else.
    @Test
    void whatAServerDoesNotNameIsNotAskedFor() {
        String described = AskingServer.metadata("https://social.example", "https://social.example/oauth/token");
        for (var known : Map.of(
                        "[\"read\",\"write\",\"follow\",\"push\"]", "read",
                        "[\"write\",\"read\",\"read:accounts\"]", "read:accounts",
                        "[\"read:accounts\",\"read\",\"profile\"]", "profile",
                        "[\"openid\"]", "read:accounts")
                .entrySet()) {
            server.metadata = described.replace("[\"read\",\"profile\"]", known.getKey());
            bridge.clock.advance(Duration.ofMinutes(61));
            assertThat(signIn()).isEqualTo(PROVEN);
            assertThat(scope).as(known.getKey()).isEqualTo(known.getValue());
        }
        assertThat(net.asked("https://social.example/api/v1/instance")).isZero();
    }

    /// It knows no scope smaller than `read`, and refuses the others; older ones take nothing back.
    @Test
    void pixelfed() {
        net.fix("https://social.example/oauth/revoke", HttpReply.of(404));
        net.fix(
                "https://social.example/api/v1/instance",
                HttpReply.json(
                        200, "{\"uri\":\"social.example\",\"version\":\"3.5.3 (compatible; Pixelfed 0.12.5)\"}"));
        pageAt("/alice");
        server.account = account("/alice", "\"local\":true,");
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(scope).isEqualTo("read");
        assertThat(server.tokens).as("it lives until it expires").hasSize(1);
        assertThat(log.take())
                .containsExactly("WARN https://social.example does not take a token back that it gave us");
        server.account = account("/bob", "\"local\":true,");
        assertThat(signIn()).isEqualTo(SOMEBODY_ELSE);
        assertThat(log.take()).hasSize(1);
    }

    @Test
    void whoTakesTheTokenBackIsNotMentioned() {
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(server.tokens).isEmpty();
        assertThat(log.take()).isEmpty();
        net.fail("https://social.example/oauth/revoke", Failure.TIMEOUT);
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(log.take())
                .containsExactly("WARN a token is not taken back: https://social.example/oauth/revoke: TIMEOUT");
    }

    @Test
    void friendica() {
        net.fix(
                "https://social.example/api/v1/instance",
                HttpReply.json(200, "{\"version\":\"2.8.0 (compatible; Friendica 2024.12)\"}"));
        pageAt("/profile/alice");
        server.account = account("/profile/alice", "\"group\":false,");
        assertThat(signIn()).isEqualTo(PROVEN);
        assertThat(scope).as("no more than it needs").isEqualTo("read:accounts");
        server.account = account("/profile/bob", "\"group\":false,");
        assertThat(signIn()).isEqualTo(SOMEBODY_ELSE);
    }

    @Test
    void whatAServerSaysOfItsVersionIsNoBrake() {
        for (HttpReply answer : new HttpReply[] {
            HttpReply.of(404), HttpReply.of(503), HttpReply.text(200, "<html>Pixelfed"), HttpReply.json(200, "[]")
        }) {
            net.fix("https://social.example/api/v1/instance", answer);
            assertThat(signIn()).isEqualTo(PROVEN);
            assertThat(scope).isEqualTo("read:accounts");
        }
    }
}
