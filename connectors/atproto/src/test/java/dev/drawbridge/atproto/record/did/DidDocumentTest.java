package dev.drawbridge.atproto.record.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Base58btc;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DidDocumentTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private final DidKey key = FixedKeys.named("alice").didKey("alice");

    @Test
    void aDocumentOfTodayIsRead() {
        DidDocument document = parse("Multikey", ALICE.value() + "#atproto", key.multibase(), "#atproto_pds");
        assertThat(document.signingKey()).contains(key);
        assertThat(document.pds()).contains(URI.create("https://pds.example"));
        assertThat(document.handle()).contains(new Handle("alice.example"));
    }

    @Test
    void aDocumentOfOldIsRead() {
        String legacy = 'z' + Base58btc.encode(key.point());
        DidDocument document =
                parse("EcdsaSecp256k1VerificationKey2019", "#atproto", legacy, ALICE.value() + "#atproto_pds");
        assertThat(document.signingKey()).contains(key);
        assertThat(document.pds()).isPresent();
    }

    @Test
    void entriesOfOthersDoNotCount() {
        DidDocument document = parse(
                "Multikey",
                "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb#atproto",
                key.multibase(),
                "did:web:x.example#atproto_pds");
        assertThat(document.signingKey()).isEmpty();
        assertThat(document.pds()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsLeftOut() {
        assertThat(parse("Other", "#atproto", key.multibase(), "#atproto_pds").signingKey())
                .isEmpty();
        assertThat(parse("Multikey", "#atproto", "zzz", "#atproto_pds").signingKey())
                .isEmpty();
        assertThat(parse("Multikey", "atproto", key.multibase(), "#").keys()).isEmpty();
    }

    @Test
    void theFirstValidEntryWins() {
        DidKey other = FixedKeys.named("bob").didKey("bob");
        DidDocument document = DidDocument.parse(
                DataJson.parse("{\"id\":\"%s\",\"verificationMethod\":[%s,%s,%s]}"
                        .formatted(
                                ALICE,
                                method("Multikey", "#atproto", "broken"),
                                method("Multikey", "#atproto", key.multibase()),
                                method("Multikey", "#atproto", other.multibase()))),
                ALICE);
        assertThat(document.signingKey()).contains(key);
    }

    @Test
    void aServiceIsAnOriginAndNoMore() {
        for (String bad : List.of(
                "ftp://pds.example",
                "https://pds.example/path",
                "https://u@pds.example",
                "https://pds.example?x",
                "nothing",
                "https://",
                "::")) {
            assertThat(service("AtprotoPersonalDataServer", bad).pds()).as(bad).isEmpty();
        }
        assertThat(service("AtprotoPersonalDataServer", "http://localhost:2583").pds())
                .isPresent();
        assertThat(service("Other", "https://pds.example").pds()).isEmpty();
    }

    @Test
    void theHandleIsTheFirstAtName() {
        assertThat(known("https://social.example/@alice", "at://alice.example", "at://other.example")
                        .handle())
                .contains(new Handle("alice.example"));
        assertThat(known("at://not a handle", "at://alice.example").handle()).isEmpty();
        assertThat(known().handle()).isEmpty();
    }

    @Test
    void aDocumentAboutSomebodyElseIsRefused() {
        assertThatThrownBy(() -> DidDocument.parse(DataJson.parse("{\"id\":\"did:web:x.example\"}"), ALICE))
                .isInstanceOf(MalformedData.class);
        assertThatThrownBy(() -> DidDocument.parse(DataJson.parse("{}"), ALICE)).isInstanceOf(MalformedData.class);
    }

    @Test
    void ourOwnDocumentIsReadBack() {
        Did web = new Did("did:web:bridge.example");
        DidDocument document = new DidDocument(
                web,
                List.of("at://bridge.example"),
                Map.of("atproto", key),
                Map.of(
                        "atproto_pds",
                        new DidDocument.Service("AtprotoPersonalDataServer", URI.create("https://bridge.example"))));
        String json = DataJson.write(document.toJson());
        assertThat(json)
                .startsWith("{\"@context\":[\"https://www.w3.org/ns/did/v1\"")
                .contains("\"#atproto_pds\"");
        assertThat(DidDocument.parse(DataJson.parse(json), web)).isEqualTo(document);
    }

    private DidDocument parse(String type, String keyId, String multibase, String serviceId) {
        return DidDocument.parse(
                DataJson.parse("""
                    {"@context":["https://www.w3.org/ns/did/v1"],"id":"%s","alsoKnownAs":["at://alice.example"],
                     "verificationMethod":[%s],
                     "service":[{"id":"%s","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example"}]}\
                    """.formatted(ALICE, method(type, keyId, multibase), serviceId)), ALICE);
    }

    private static String method(String type, String id, String multibase) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"controller\":\"x\",\"publicKeyMultibase\":\"%s\"}"
                .formatted(id, type, multibase);
    }

    private static DidDocument service(String type, String endpoint) {
        return DidDocument.parse(
                DataJson.parse(
                        "{\"id\":\"%s\",\"service\":[{\"id\":\"#atproto_pds\",\"type\":\"%s\",\"serviceEndpoint\":\"%s\"}]}"
                                .formatted(ALICE, type, endpoint)),
                ALICE);
    }

    private static DidDocument known(String... names) {
        return new DidDocument(ALICE, List.of(names), Map.of(), Map.of());
    }
}
