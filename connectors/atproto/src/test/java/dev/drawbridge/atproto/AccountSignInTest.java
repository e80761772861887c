package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Sought;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server of an account says whose it is.
class AccountSignInTest extends AtprotoConnectorFixture {
    private static final String DID = "did:plc:bobbobbobbobbobbobbobbob";
    private static final NativeId BOB = new NativeId(Network.ATPROTO, DID);
    private static final Verdict PROVEN = new Verdict.Proven(BOB);
    private static final String PLACE = "0123456789abcdef".repeat(4);
    private static final URI BACK = URI.create("https://bridge.org/account/sign-in/back/" + PLACE);
    private final AskingPds server = new AskingPds(DID);

    AccountSignInTest(MongoDatabase database) {
        super(database);
    }

    @BeforeEach
    void there() {
        web.other = server::answer;
        lives(AskingPds.PDS);
    }

    private void lives(String pds) {
        lives(pds, "bob.example");
    }

    private void lives(String pds, String handle) {
        web.web.has("GET " + PLC + DID, 200, """
            {"id":"%s","alsoKnownAs":["at://%s"],"verificationMethod":[],
             "service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"%s"}]}
            """.formatted(DID, handle, pds));
    }

    private Start begin(String name, URI back) {
        var proof = (AccountProof.ByTheirServer) connector.proofs().getFirst();
        return proof.begin(name, "state-1", issuer -> {
            assertThat(issuer).isEqualTo(AskingPds.ISSUER);
            return back;
        });
    }

    private Start.Ask asked() {
        return (Start.Ask) begin(DID, BACK);
    }

    private Verdict signIn() {
        Start.Ask asked = asked();
        return asked.answer().read(server.agree(asked.page()));
    }

    private static Verdict refused(Refusal why) {
        return new Verdict.Refused(why);
    }

    private void unable() {
        assertThat(begin(DID, BACK)).isEqualTo(new Start.Refused(Refusal.UNABLE));
    }

    @Test
    void whoSaysYesThereIsThemHere() {
        Start.Ask asked = asked();
        assertThat(asked.person()).isEqualTo(BOB);
        assertThat(asked.back()).isEqualTo(BACK);
        assertThat(asked.page().toString()).startsWith(AskingPds.ISSUER + "/oauth/authorize?");
        assertThat(server.asked(asked.page()))
                .containsEntry("redirect_uri", BACK.toString())
                .containsEntry("scope", "atproto")
                .containsEntry("login_hint", DID)
                .containsEntry("state", "state-1")
                .containsEntry("code_challenge_method", "S256");

        assertThat(asked.answer().read(server.agree(asked.page()))).isEqualTo(PROVEN);
        assertThat(server.revoked).isTrue();
        assertThat(server.trouble).isEmpty();
    }

    @Test
    void thePageOfAnAccountNamesIt() {
        assertThat(begin("https://bsky.app/profile/" + DID, BACK)).isInstanceOf(Start.Ask.class);
    }

    @Test
    void anAnswerThatIsNotOfTheirServerIsNone() {
        Start.Ask asked = asked();
        var answer = new HashMap<>(server.agree(asked.page()));
        answer.put("iss", "https://other.example");
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        answer.remove("iss");
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
    }

    @Test
    void aServerSpeaksForThatVeryAccountOnly() {
        server.subject = "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
        assertThat(server.revoked).isTrue();
    }

    @Test
    void aTokenThatDoesNotSayWhoTheyAreIsNoAnswer() {
        server.scope = "transition:generic";
        assertThat(signIn()).isEqualTo(refused(Refusal.SOMEBODY_ELSE));
    }

    @Test
    void whoSaysNoIsNotSignedIn() {
        Start.Ask asked = asked();
        assertThat(asked.answer().read(Map.of("iss", AskingPds.ISSUER, "error", "access_denied")))
                .isEqualTo(refused(Refusal.DECLINED));
    }

    @Test
    void aCodeIsGoodOnceAndOnlyWhereItWasAskedFor() {
        Start.Ask asked = asked();
        Map<String, String> answer = server.agree(asked.page());
        assertThat(asked.answer().read(answer)).isEqualTo(PROVEN);
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.STALE));
        assertThat(asked.answer().read(Map.of("iss", AskingPds.ISSUER, "code", " ")))
                .isEqualTo(refused(Refusal.STALE));
    }

    @Test
    void theServerOfWhereTheyAreNowIsAsked() {
        assertThat(asked()).isNotNull();
        lives("https://elsewhere.example");
        unable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushed_authorization_request_endpoint",
                "authorization_endpoint",
                "token_endpoint",
                "scopes_supported",
                "dpop_signing_alg_values_supported",
                "code_challenge_methods_supported",
                "client_id_metadata_document_supported",
                "authorization_response_iss_parameter_supported",
                "issuer"
            })
    void aServerThatLacksWhatTheNetworkDemandsIsNotAsked(String field) {
        server.server.remove(field);
        unable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript://entry.example/x",
                "http://entry.example/oauth/authorize",
                "http://localhost:1/oauth/authorize",
                "https://other.example/oauth/authorize",
                "https://me@entry.example/oauth/authorize",
                "entry.example"
            })
    void nobodyIsSentToWhatIsNoPage(String page) {
        server.server.put("authorization_endpoint", page);
        unable();
    }

    @Test
    void aPdsSpeaksForItselfAndNamesOneServer() {
        server.resource.put("resource", "https://other.example");
        unable();
        server.resource.put("resource", AskingPds.PDS);
        server.resource.put("authorization_servers", List.of(AskingPds.ISSUER, "https://other.example"));
        unable();
        server.resource.put("authorization_servers", List.of(AskingPds.ISSUER + "/"));
        unable();
        server.resource.put("authorization_servers", List.of(AskingPds.ISSUER));
        server.server.put("issuer", "https://other.example");
        unable();
    }

    @Test
    void aServerThatDoesNotAnswerIsToldFromOneThatCannot() {
        server.status = 503;
        assertThat(begin(DID, BACK)).isEqualTo(new Start.Refused(Refusal.SILENT));
        server.status = 200;
        Start.Ask asked = asked();
        Map<String, String> answer = server.agree(asked.page());
        server.status = 500;
        assertThat(asked.answer().read(answer)).isEqualTo(refused(Refusal.SILENT));
        server.status = 404;
        unable();
    }

    /// Who has a name without the account that bears it leads nobody to a server of theirs.
    @Test
    void aNameCountsOnlyIfItsAccountBearsIt() {
        web.web.has("GET https://bob.test/.well-known/atproto-did", 200, DID);
        assertThat(begin("@bob.test", BACK)).isEqualTo(new Start.Refused(Refusal.NOBODY));
        lives(AskingPds.PDS, "bob.test");
        assertThat(begin("@bob.test", BACK)).isInstanceOf(Start.Ask.class);
    }

    /// What is remembered of them is what everything else falls back on while the directory is away.
    @Test
    void askingForTheNewestForgetsNothing() {
        assertThat(asked()).isNotNull();
        web.down = true;
        assertThat(begin(DID, BACK)).isEqualTo(new Start.Refused(Refusal.SILENT));
        assertThat(connector.seek(DID)).isInstanceOf(Sought.Found.class);
    }

    /// How long it is waited for each answer of a server that takes its time.
    private List<Duration> taking(AtomicReference<Duration> each) {
        List<Duration> patience = new ArrayList<>();
        web.other = request -> {
            var answer = server.answer(request);
            answer.ifPresent(_ -> {
                patience.add(request.timeout());
                pds.clock.advance(each.get());
            });
            return answer;
        };
        return patience;
    }

    @Test
    void aServerThatAnswersJustInTimeEachTimeHoldsNobody() {
        taking(new AtomicReference<>(Duration.ofSeconds(5)));
        assertThat(begin(DID, BACK)).isEqualTo(new Start.Refused(Refusal.SILENT));
    }

    @Test
    void allStepsShareTheTimeThereIs() {
        var each = new AtomicReference<>(Duration.ofSeconds(4));
        List<Duration> patience = taking(each);
        Start.Ask asked = asked();
        assertThat(patience)
                .as("what it is, what its server is, the request and the same with its word")
                .containsExactly(
                        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(3));
        patience.clear();
        each.set(Duration.ofSeconds(15));
        assertThat(asked.answer().read(server.agree(asked.page())))
                .as("its answer, and what is given back has time of its own")
                .isEqualTo(PROVEN);
        assertThat(patience).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void whoTakesLongToBeFoundIsNotAskedFor() {
        web.other = request -> {
            if (request.uri().toString().equals("https://bob.test/.well-known/atproto-did")) {
                pds.clock.advance(Duration.ofSeconds(15));
            }
            return server.answer(request);
        };
        web.web.has("GET https://bob.test/.well-known/atproto-did", 200, DID);
        lives(AskingPds.PDS, "bob.test");
        assertThat(begin("@bob.test", BACK)).isEqualTo(new Start.Refused(Refusal.SILENT));
        assertThat(connector.paused()).as("nobody is to blame").isEmpty();
    }

    @Test
    void aPlaceThatIsTooLongIsNone() {
        server.server.put("token_endpoint", AskingPds.ISSUER + "/" + "x".repeat(500));
        unable();
    }

    @Test
    void aStandInSignsInNowhere() {
        String ours = made(alice()).id().value();
        assertThat(begin(ours, BACK)).isEqualTo(new Start.Refused(Refusal.NOBODY));
        assertThat(begin("nobody at all", BACK)).isEqualTo(new Start.Refused(Refusal.NOBODY));
        assertThat(begin("did:plc:zzzzzzzzzzzzzzzzzzzzzzzz", BACK)).isEqualTo(new Start.Refused(Refusal.NOBODY));
    }

    @Test
    void whatWeAreCalledIsDescribedWhereItPoints() {
        String id = server.asked(asked().page()).get("client_id");
        assertThat(id).startsWith("https://bridge.org/oauth/atproto/").endsWith("/client-metadata.json");
        HttpReply reply = read(URI.create(id));
        assertThat(reply.status()).isEqualTo(200);
        JsonNode client = JsonMapper.shared().readTree(bytes(reply));
        assertThat(client.path("client_id").asString()).isEqualTo(id);
        assertThat(client.path("client_uri").asString()).isEqualTo("https://bridge.org");
        assertThat(client.path("redirect_uris").toString()).isEqualTo("[\"" + BACK + "\"]");
        assertThat(client.path("dpop_bound_access_tokens").asBoolean()).isTrue();
        assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/x",
                "https://evil.example/",
                "/a?b",
                "/A",
                "",
                "/a b",
                "/\u00e9",
                "/account",
                "/account/sign-in/back/0123abcd",
                "/media/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void noOtherPlaceIsDescribed(String place) {
        String word = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.getBytes(StandardCharsets.UTF_8));
        assertThat(read(URI.create("https://bridge.org/oauth/atproto/" + word + "/client-metadata.json"))
                        .status())
                .isEqualTo(404);
        assertThat(read(URI.create("https://bridge.org/oauth/atproto/L2E==/client-metadata.json"))
                        .status())
                .isEqualTo(404);
    }

    /// On a developer's machine, where no server could ask us.
    @Test
    void withoutANameWeAreAClientOfThisMachine() {
        URI here = URI.create("http://127.0.0.1:8080/account/sign-in/back/" + PLACE);
        Start.Ask asked = (Start.Ask) begin(DID, here);
        assertThat(server.asked(asked.page()).get("client_id"))
                .isEqualTo("http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Faccount%2Fsign-in%2Fback"
                        + "%2F" + PLACE + "&scope=atproto");
        assertThat(begin(DID, URI.create("http://localhost:8080/account/sign-in/back/" + PLACE)))
                .isEqualTo(new Start.Refused(Refusal.UNABLE));
    }

    private static byte[] bytes(HttpReply reply) {
        var out = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private HttpReply read(URI place) {
        String[] steps = place.getPath().split("/");
        Endpoint.Http endpoint = connector.endpoints().stream()
                .filter(e -> e.path().startsWith("/oauth/atproto/"))
                .map(Endpoint.Http.class::cast)
                .findFirst()
                .orElseThrow();
        var path = Map.of(
                "place",
                Optional.of(steps[steps.length - 2])
                        .filter(w -> !w.equals("atproto"))
                        .orElse(""));
        return endpoint.handler().handle(new HttpCall("GET", place, path, Map.of(), new byte[0], "192.0.2.1"));
    }
}
