package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.AskingMisskey;
import dev.drawbridge.activitypub.support.AskingServer;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.LogLines;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.wire.ServerSignIn;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A Misskey says whose an account is.
@ExtendWith(TestMongo.class)
class MisskeySignInTest {
    private static final RemoteServer ALICE = new RemoteServer("mi.example", "9fq1u5k2o3");
    private static final NativeId ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private static final URI BACK = URI.create("https://bridge.example/account/sign-in/back/" + "5e".repeat(32));
    private static final Verdict PROVEN = new Verdict.Proven(ID);
    private static final String APPS = AskingMisskey.ORIGIN + "/api/v1/apps";
    private static final String WHO = AskingMisskey.ORIGIN + "/api/i";
    private static final String TOKEN = AskingMisskey.ORIGIN + "/oauth/token";
    private final LocalNet net = new LocalNet();
    private final AskingMisskey server = new AskingMisskey(net, ALICE);
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        net.serve("bridge.example", bridge.router::call);
        net.serve("mi.example", server);
    }

    private Start begin(URI back) {
        var proof = (AccountProof.ByTheirServer) bridge.connector.proofs().getFirst();
        return proof.begin(ALICE.actor(), "state-1", _ -> back);
    }

    private Start.Ask asked() {
        return (Start.Ask) begin(BACK);
    }

    private Verdict signIn() {
        Start.Ask asked = asked();
        return asked.answer().read(server.agree(asked.page()));
    }

    private static Start unable() {
        return new Start.Refused(Refusal.UNABLE);
    }

    private static Verdict refused(Refusal why) {
        return new Verdict.Refused(why);
    }

    @Test
    void whoSaysYesThereIsThemHere() {
        Start.Ask asked = asked();
        assertThat(asked.person()).isEqualTo(ID);
        assertThat(asked.back()).isEqualTo(BACK);
        assertThat(AskingServer.form(asked.page().getRawQuery()))
                .containsEntry("state", "state-1")
                .containsEntry("scope", "read:account")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", BACK.toString())
                .doesNotContainKey("client_secret");
        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(PROVEN);
        assertThat(server.tokens).as("given back").isEmpty();
        assertThat(net.asked(WHO)).as("one question").isEqualTo(1);
        assertThat(net.requests.stream().filter(r -> r.uri().getHost().equals("mi.example")))
                .filteredOn(r -> !r.uri().toString().equals(ALICE.actor()))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r.maxRedirects()).isZero());
    }

    @Test
    void whatWeAreIsDescribedWhereOurIdPoints() {
        String id = AskingServer.form(asked().page().getRawQuery()).get("client_id");
        assertThat(id).startsWith("https://bridge.example/oauth/activitypub/");
        HttpReply reply = bridge.router.get(id, "*/*");
        assertThat(reply.status()).isEqualTo(200);
        var page = Jsoup.parse(Router.text(reply), id);
        assertThat(page.select("link[rel=redirect_uri]").eachAttr("abs:href")).containsExactly(BACK.toString());
        assertThat(page.select(".h-app .u-url").eachAttr("abs:href")).containsExactly(id);
        assertThat(page.select(".h-app .p-name").text()).isEqualTo("Drawbridge at bridge.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/x",
                "https://evil.example/",
                "/account",
                "/\"><script>",
                "/account/back/0123",
                "/media/5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
            })
    void noOtherPlaceIsDescribed(String place) {
        String word = Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
        HttpReply reply = bridge.router.get("https://bridge.example/oauth/activitypub/" + word, "*/*");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(Router.text(reply)).doesNotContain(place);
    }

    @Test
    void somebodyElseThereIsNotThemHere() {
        server.account = "9fq1u5k2o4";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        server.account = "../9fq1u5k2o3";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        assertThat(server.tokens).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotNameTheServerIsRefused() {
        for (String issuer : new String[] {"", "https://evil.example"}) {
            Start.Ask asked = asked();
            Map<String, String> answer = new HashMap<>(server.agree(asked.page()));
            answer.remove("iss");
            if (!issuer.isEmpty()) {
                answer.put("iss", issuer);
            }
            assertThat(asked.answer().read(answer)).as(issuer).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        }
        assertThat(net.asked(TOKEN)).isZero();
    }

    @Test
    void aCodeIsGoodOnceAndForItsOwnQuestion() {
        Start.Ask first = asked();
        Start.Ask second = asked();
        Map<String, String> answer = server.agree(first.page());
        assertThat(second.answer().read(answer)).as("another verifier").isEqualTo(refused(Refusal.STALE));
        Map<String, String> own = server.agree(second.page());
        assertThat(second.answer().read(own)).isEqualTo(PROVEN);
        assertThat(second.answer().read(own)).as("again").isEqualTo(refused(Refusal.STALE));
        assertThat(server.tokens).isEmpty();
    }

    /// A code that is good twice is worse than a token that is not taken back: both live.
    @Test
    void aServerThatTakesNothingBackIsNamedToTheOperator() {
        try (var log = new LogLines(ServerSignIn.class.getName())) {
            assertThat(signIn()).isEqualTo(PROVEN);
            assertThat(log.take()).isEmpty();
            for (int status : new int[] {200, 429, 503}) {
                Start.Ask asked = asked();
                Map<String, String> answer = server.agree(asked.page());
                net.serve("mi.example", (method, uri, headers, body) -> {
                    boolean again = uri.getPath().equals("/oauth/token") && !server.tokens.isEmpty();
                    return again
                            ? HttpReply.json(status, "{\"access_token\":\"another\"}")
                            : server.handle(method, uri, headers, body);
                });
                assertThat(asked.answer().read(answer)).isEqualTo(PROVEN);
                assertThat(log.take())
                        .as("%d", status)
                        .containsExactly("WARN https://mi.example does not take a token back that it gave us");
                server.tokens.clear();
                net.serve("mi.example", server);
            }
        }
    }

    @Test
    void whoSaysNoIsNotSignedIn() {
        Map<String, String> no = Map.of("error", "access_denied", "iss", AskingMisskey.ORIGIN);
        assertThat(asked().answer().read(no)).isEqualTo(refused(Refusal.DECLINED));
    }

    /// Misskey's older way: whoever begins makes up the word that is the answer.
    @Test
    void aServerThatKnowsTheOlderWayOnlyIsNotAsked() {
        server.metadata = "";
        assertThat(begin(BACK)).isEqualTo(unable());
        assertThat(net.requests).noneMatch(r -> r.uri().getPath().contains("miauth"));
        server.metadata =
                AskingMisskey.metadata("").replace("parameter_supported\":true", "parameter_supported\":false");
        assertThat(begin(BACK)).as("it does not name itself").isEqualTo(unable());
    }

    /// As Sharkey has it: what it says of itself is copied, and its answer stands in the address of the question.
    @ParameterizedTest
    @ValueSource(strings = {"https://mi.example/auth/5f1c", "http://mi.example/miauth/5f1c", "https://mi.example/auth"})
    void aServerWhoseAnswerIsKnownBeforehandIsNotAsked(String question) {
        String id = Base64.getEncoder().encodeToString(question.getBytes(StandardCharsets.UTF_8));
        for (String client : new String[] {id, question}) {
            net.fix(APPS, HttpReply.json(200, "{\"client_id\":\"" + client + "\",\"client_secret\":\"s\"}"));
            assertThat(begin(BACK)).as(client).isEqualTo(unable());
        }
    }

    @Test
    void nothingIsSentToAnotherOrigin() {
        server.metadata = AskingMisskey.metadata("")
                .replace(AskingMisskey.ORIGIN + "/oauth/token", "https://evil.example/oauth/token");
        assertThat(begin(BACK)).isEqualTo(unable());
        server.metadata = AskingMisskey.metadata("").replace(AskingMisskey.ORIGIN, "https://evil.example");
        assertThat(begin(BACK)).isEqualTo(unable());
        assertThat(net.requests).allSatisfy(r -> assertThat(r.uri().getHost()).isEqualTo("mi.example"));
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT,SILENT", "UNREACHABLE,SILENT", "TOO_LARGE,UNABLE"})
    void aServerThatIsSlowOrSaysTooMuchSignsNobodyIn(Failure failure, Refusal said) {
        net.fail(WHO, failure);
        assertThat(signIn()).isEqualTo(refused(said));
        assertThat(server.tokens).as("given back all the same").isEmpty();
        net.fail(TOKEN, failure);
        assertThat(signIn()).isEqualTo(refused(said));
        net.fail(APPS, failure);
        bridge.clock.advance(Duration.ofMinutes(61));
        assertThat(begin(BACK)).isEqualTo(new Start.Refused(said));
    }

    private void takes(Duration each) {
        net.serve("mi.example", (method, uri, headers, body) -> {
            bridge.clock.advance(each);
            return server.handle(method, uri, headers, body);
        });
    }

    private List<Duration> patience() {
        return net.requests.stream()
                .filter(r -> r.uri().getHost().equals("mi.example"))
                .filter(r -> !r.uri().toString().equals(ALICE.actor()))
                .map(Request::timeout)
                .toList();
    }

    @Test
    void aServerThatAnswersJustInTimeEachTimeHoldsNobody() {
        takes(Duration.ofSeconds(4));
        Start.Ask asked = asked();
        Map<String, String> answer = server.agree(asked.page());
        assertThat(patience())
                .as("looking for them took eight seconds already")
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(3));
        takes(Duration.ofSeconds(15));
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.SILENT));
        assertThat(net.asked(WHO)).as("there was no time left").isZero();
        assertThat(server.tokens).as("given back all the same").isEmpty();
        bridge.clock.advance(Duration.ofMinutes(61));
        long before = net.asked(APPS);
        assertThat(begin(BACK)).isEqualTo(new Start.Refused(Refusal.SILENT));
        assertThat(net.asked(APPS)).isEqualTo(before);
    }

    @Test
    void whatCannotBeReadSignsNobodyIn() {
        for (HttpReply answer : new HttpReply[] {
            HttpReply.of(403),
            HttpReply.json(200, "[]"),
            HttpReply.text(200, "<html>"),
            HttpReply.json(200, "{\"id\":7}")
        }) {
            net.fix(WHO, answer);
            assertThat(signIn()).isNotEqualTo(PROVEN);
            assertThat(server.tokens).isEmpty();
        }
    }

    @Test
    void aRedirectToAPrivateAddressLeadsNowhere() {
        net.fix(WHO, HttpReply.of(302).with("location", "http://10.0.0.1/api/i"));
        assertThat(signIn()).isEqualTo(refused(Refusal.UNABLE));
        assertThat(net.requests).noneMatch(r -> r.uri().getHost().equals("10.0.0.1"));
    }

    /// A page of ours has to be on https, and one that people are sent back to.
    @ParameterizedTest
    @ValueSource(strings = {"http://bridge.example/account/sign-in/back/", "https://bridge.example/media/"})
    void aServerThatCouldNotAskUsBackIsNotAsked(String place) {
        assertThat(begin(URI.create(place + "5e".repeat(32)))).isEqualTo(unable());
    }
}
