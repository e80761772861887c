package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    private static final String AT_PLC = "GET https://plc.test/did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
    private static final String WELL_KNOWN = "GET https://bob.example.org/.well-known/atproto-did";
    private static final String DOCUMENT = """
        {"id":"%s","alsoKnownAs":["at://bob.example.org"],
         "service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer",
                     "serviceEndpoint":"https://pds.test"}]}\
        """;

    private final FakeWeb web = new FakeWeb();
    private final VirtualClock clock = new VirtualClock();
    private final PlcDirectory plc = new PlcDirectory(URI.create("https://plc.test"), web);

    private DidResolver resolver(boolean loopback) {
        return new DidResolver(plc, web, loopback, clock);
    }

    private static HandleResolver handles(FakeWeb web, String... txt) {
        return new HandleResolver(web, name -> name.equals("_atproto.bob.example.org") ? List.of(txt) : List.of());
    }

    @Test
    void aDidIsAskedOnceUntilItGetsOldOrIsForgotten() {
        web.has(AT_PLC, 200, DOCUMENT.formatted(BOB));
        DidResolver resolver = resolver(false);
        assertThat(resolver.resolve(BOB).flatMap(DidDocument::pds)).contains(URI.create("https://pds.test"));
        resolver.resolve(BOB);
        assertThat(web.requests).hasSize(1);
        resolver.forget(BOB);
        resolver.resolve(BOB);
        assertThat(web.requests).hasSize(2);
        clock.advance(Duration.ofHours(7));
        resolver.resolve(BOB);
        assertThat(web.requests).hasSize(3);
    }

    @Test
    void anUnknownDidIsAskedAgainSooner() {
        DidResolver resolver = resolver(false);
        assertThat(resolver.resolve(BOB)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(resolver.resolve(BOB)).isEmpty();
        assertThat(web.requests).hasSize(1);
        web.has(AT_PLC, 200, DOCUMENT.formatted(BOB));
        clock.advance(Duration.ofMinutes(5));
        assertThat(resolver.resolve(BOB)).isPresent();
    }

    @Test
    void aDirectoryThatIsDownIsNotAnAnswer() {
        web.fails(AT_PLC, Failure.UNREACHABLE);
        assertThatThrownBy(() -> resolver(false).resolve(BOB)).isInstanceOf(Unavailable.class);
        web.has(AT_PLC, 503, "");
        assertThatThrownBy(() -> resolver(false).resolve(BOB)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aDocumentAboutSomebodyElseIsNone() {
        web.has(AT_PLC, 200, DOCUMENT.formatted("did:plc:cccccccccccccccccccccccc"));
        assertThat(resolver(false).resolve(BOB)).isEmpty();
        web.has(AT_PLC, 200, "<html>");
        clock.advance(Duration.ofHours(1));
        assertThat(resolver(false).resolve(BOB)).isEmpty();
    }

    @Test
    void didWebIsFoundAtItsHostAndWithPortsOnlyInTests() {
        Did plain = new Did("did:web:bob.example.org");
        web.has("GET https://bob.example.org/.well-known/did.json", 200, DOCUMENT.formatted(plain));
        assertThat(resolver(false).resolve(plain)).isPresent();
        Did local = new Did("did:web:localhost%3A2583");
        web.has("GET http://localhost:2583/.well-known/did.json", 200, DOCUMENT.formatted(local));
        assertThat(resolver(false).resolve(local)).isEmpty();
        assertThat(resolver(true).resolve(local)).isPresent();
        assertThat(resolver(false).resolve(new Did("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"did:x:%zz", "did:web:a%zz", "did:web:a%2Fb.test", "did:web:a%40b.test", "did:web:%41.test"})
    void aDidThatNamesNoHostLeadsNowhere(String did) {
        DidResolver resolver = resolver(true);
        assertThat(resolver.resolve(new Did(did))).isEmpty();
        assertThat(resolver.fresh(new Did(did))).isEmpty();
        assertThat(web.requests).isEmpty();
    }

    @Test
    void whatStrangersCallThemselvesDoesNotSpareTheDirectory() {
        web.has(AT_PLC, 200, DOCUMENT.formatted(BOB));
        web.fails("GET https://plc.test/.well-known/did.json", Failure.TIMEOUT);
        DidResolver resolver = resolver(false);
        assertThatThrownBy(() -> resolver.resolve(new Did("did:web:plc.test"))).isInstanceOf(Unavailable.class);
        assertThat(resolver.resolve(BOB)).isPresent();
        assertThat(resolver.paused()).isEmpty();
    }

    @Test
    void whatStrangersCallThemselvesDoesNotEndThatTheDirectoryIsSpared() {
        web.fails(AT_PLC, Failure.TIMEOUT);
        DidResolver resolver = resolver(false);
        assertThatThrownBy(() -> resolver.resolve(BOB)).isInstanceOf(Unavailable.class);
        assertThat(resolver.resolve(new Did("did:x:plc.test"))).isEmpty();
        assertThat(resolver.resolve(new Did("did:web:plc.test"))).isEmpty();
        int asked = web.requests.size();
        assertThatThrownBy(() -> resolver.resolve(BOB)).isInstanceOf(Unavailable.class);
        assertThat(web.requests).hasSize(asked);
        assertThat(resolver.paused())
                .containsExactly(new PausedHost("plc.test", 1, clock.instant().plusSeconds(5)));
    }

    @Test
    void aPrivateKeyIsAskedOfNobody() {
        List<String> asked = new ArrayList<>();
        var resolver = new HandleResolver(web, name -> {
            asked.add(name);
            return List.of();
        });
        assertThat(resolver.resolve(
                        new Handle("nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5.example.org")))
                .isEmpty();
        assertThat(asked).isEmpty();
        assertThat(web.requests).isEmpty();
    }

    @Test
    void aHandleOfWhichDnsSaysNothingNamesWhomTheWebNamesAndElseNobodyCanTell() {
        Handle handle = new Handle("bob.example.org");
        var silent = new HandleResolver(web, name -> {
            throw new Unavailable("DNS does not say what " + name + " is", Optional.empty());
        });
        assertThat(silent.resolve(handle)).isEmpty();
        assertThatThrownBy(() -> silent.names(handle, BOB)).isInstanceOf(Unavailable.class);
        web.has(WELL_KNOWN, 200, "did:plc:cccccccccccccccccccccccc");
        assertThatThrownBy(() -> silent.names(handle, BOB))
                .as("DNS would go before it")
                .isInstanceOf(Unavailable.class);
        web.has(WELL_KNOWN, 200, BOB + "\n");
        assertThat(silent.names(handle, BOB)).isTrue();
        assertThat(silent.resolve(handle)).contains(BOB);
        web.has(WELL_KNOWN, 404, "");
        assertThat(handles(web).names(handle, BOB))
                .as("DNS says that there is none")
                .isFalse();
        web.fails(WELL_KNOWN, Failure.TIMEOUT);
        assertThatThrownBy(() -> handles(web).names(handle, BOB)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aHandleIsAskedByDnsThenByTheWeb() {
        Handle handle = new Handle("bob.example.org");
        assertThat(handles(web, "did=" + BOB, "v=spf1").resolve(handle)).contains(BOB);
        assertThat(web.requests).isEmpty();
        assertThat(handles(web).resolve(handle)).isEmpty();
        web.has(WELL_KNOWN, 200, BOB + "\n");
        assertThat(handles(web).resolve(handle)).contains(BOB);
        assertThat(handles(web, "did=did:plc:cccccccccccccccccccccccc", "did=did:plc:dddddddddddddddddddddddd")
                        .resolve(handle))
                .as("two answers of DNS are none")
                .contains(BOB);
        web.fails(WELL_KNOWN, Failure.TIMEOUT);
        assertThat(handles(web).resolve(handle)).isEmpty();
        assertThat(handles(web, "did=" + BOB).resolve(new Handle("bob.local"))).isEmpty();
    }

    @Test
    void aHandleCountsOnlyIfItNamesTheDidBack() {
        web.has(AT_PLC, 200, DOCUMENT.formatted(BOB));
        People people = new People(resolver(false), handles(web), new HostClient(web), false);
        DidDocument document = people.document(BOB).orElseThrow();
        assertThat(people.handle(document)).isEmpty();
        web.has(WELL_KNOWN, 200, "did:plc:cccccccccccccccccccccccc");
        assertThat(people.handle(document)).isEmpty();
        web.has(WELL_KNOWN, 200, BOB.value());
        assertThat(people.handle(document)).contains(new Handle("bob.example.org"));
    }

    @Test
    void inTestsTheHostMayConfirmAHandle() {
        web.has(AT_PLC, 200, DOCUMENT.formatted(BOB));
        web.has(
                "GET https://pds.test/xrpc/com.atproto.identity.resolveHandle?handle=bob.example.org",
                200,
                "{\"did\":\"" + BOB + "\"}");
        People strict = new People(resolver(false), handles(web), new HostClient(web), false);
        People loopback = new People(resolver(false), handles(web), new HostClient(web), true);
        DidDocument document = strict.document(BOB).orElseThrow();
        assertThat(strict.handle(document)).isEqualTo(Optional.empty());
        assertThat(loopback.handle(document)).contains(new Handle("bob.example.org"));
    }
}
