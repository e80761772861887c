package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import dev.drawbridge.model.spi.UnavailableException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/// What people of the AT Protocol say about who they are elsewhere.
class IdentityLookupTest extends AtprotoConnectorFixture {
    private static final String BOB = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
    private static final NativeId BOB_ID = new NativeId(Network.ATPROTO, BOB);
    private static final String RECORD =
            "GET https://pds.test/xrpc/com.atproto.repo.getRecord?repo=did%3Aplc%3Abbbbbbbbbbbbbbbbbbbbbbbb"
                    + "&collection=app.bsky.actor.profile&rkey=self";

    IdentityLookupTest(MongoDatabase database) {
        super(database);
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 200, BOB);
        document("\"at://bob.site.test\",\"https://also.example/@bob\"");
    }

    private void document(String names) {
        web.web.has("GET " + PLC + BOB, 200, """
            {"id":"%s","alsoKnownAs":[%s],
             "service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}
            """.formatted(BOB, names));
    }

    private void profile(String fields) {
        web.web.has(RECORD, 200, """
            {"uri":"at://%s/app.bsky.actor.profile/self","cid":"bafyreigq4zsipbk5w3uqkbmh2w2633c7tcgasf7dtqafsxpdbvz2zhrrn4",
             "value":{"$type":"app.bsky.actor.profile"%s}}
            """.formatted(BOB, fields));
    }

    private Testimony.Said said() {
        return (Testimony.Said) connector.testimony(BOB_ID);
    }

    private boolean names(String name) {
        return said().names(new Testimony.Said(Set.of(name), Set.of()));
    }

    private boolean isCalled(String name) {
        return new Testimony.Said(Set.of(), Set.of(name)).names(said());
    }

    @Test
    void documentWebsiteAndDescriptionName() {
        profile(",\"website\":\"https://social.example/@bob\",\"description\":"
                + "\"Also (@bob@other.example), masto.example/@bob. npub1bob and friends of @somebody\"");
        for (String name : List.of(
                "@bob@also.example", "@bob@social.example", "@bob@other.example", "@bob@masto.example", "npub1bob")) {
            assertThat(names(name)).as(name).isTrue();
        }
        for (String name : List.of("@somebody", "friends", "@bob@evil.example")) {
            assertThat(names(name)).as(name).isFalse();
        }
    }

    @Test
    void aDescriptionMeansLessThanAWebsiteAndThatLessThanTheDocument() {
        profile(",\"website\":\"https://site.example\",\"description\":\"https://word.example https://site.example\"");
        assertThat(said().claims())
                .containsEntry("acct:bob@also.example", Weight.FIRM)
                .containsEntry("https://site.example", Weight.FIELD)
                .containsEntry("https://word.example", Weight.WORD);
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void aLongDescriptionCostsNothing() {
        for (String mark : List.of("?", "(", ".", "a", "a.", "a./")) {
            profile(",\"description\":\"@bob@first.example " + mark.repeat(900_000 / mark.length()) + "x\"");
            assertThat(names("@bob@first.example")).as(mark).isTrue();
        }
        profile(",\"description\":\"" + "?".repeat(499) + "a " + "?".repeat(498) + "a. b.example " + "x ".repeat(1_400)
                + "c.example\"");
        assertThat(names("b.example")).isTrue();
        assertThat(names("c.example")).as("beyond what is read").isFalse();
    }

    @Test
    void aHandleThatDoesNotAnswerLeavesOpenWhetherItIsTheirs() {
        profile("");
        assertThat(said().whole()).isTrue();
        web.web.fails("GET https://bob.site.test/.well-known/atproto-did", Failure.TIMEOUT);
        assertThat(said().whole()).isFalse();
        assertThat(isCalled("bob.site.test")).isFalse();
        assertThat(isCalled(BOB)).isTrue();
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 503, "");
        assertThat(said().whole()).isFalse();
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 404, "");
        assertThat(said().whole()).as("it says no").isTrue();
    }

    @Test
    void theyAreNamedByDidHandleAndPage() {
        profile("");
        for (String name : List.of(
                BOB,
                "at://" + BOB,
                "bob.site.test",
                "@bob.site.test",
                "at://bob.site.test",
                "https://bsky.app/profile/" + BOB,
                "https://bsky.app/profile/bob.site.test/")) {
            assertThat(isCalled(name)).as(name).isTrue();
        }
        assertThat(isCalled("https://bsky.app/profile/" + BOB + "/post/3k")).isFalse();
        assertThat(isCalled("https://bob.site.test"))
                .as("a domain may be an employer's")
                .isFalse();
    }

    @Test
    void aHandleThatDoesNotNameThemIsNotTheirs() {
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 200, "did:plc:cccccccccccccccccccccccc");
        profile("");
        assertThat(isCalled("bob.site.test")).isFalse();
        assertThat(isCalled(BOB)).isTrue();
    }

    @Test
    void whatWasKnownBeforeDoesNotCount() {
        profile("");
        assertThat(names("@bob@also.example")).isTrue();
        document("\"at://bob.site.test\"");
        assertThat(names("@bob@also.example")).isFalse();
        web.web.fails("GET " + PLC + BOB, Failure.TIMEOUT);
        assertThat(connector.testimony(BOB_ID)).isEqualTo(new Testimony.Silent());
    }

    @Test
    void whatAPostSaysIsReadFromTheirOwnRepositoryOnly() {
        String record = RECORD.replace("app.bsky.actor.profile&rkey=self", "app.bsky.feed.post&rkey=3kabcdefghijk");
        web.web.has(record, 200, """
            {"uri":"at://%s/app.bsky.feed.post/3kabcdefghijk","cid":"bafyreigq4zsipbk5w3uqkbmh2w2633c7tcgasf7dtqafsxpdbvz2zhrrn4",
             "value":{"$type":"app.bsky.feed.post","text":"Verifying npub1bob","createdAt":"2026-01-01T00:00:00Z"}}
            """.formatted(BOB));
        for (String post : List.of(
                "3kabcdefghijk",
                "at://" + BOB + "/app.bsky.feed.post/3kabcdefghijk",
                "https://bsky.app/profile/bob.site.test/post/3kabcdefghijk")) {
            assertThat(connector.words(BOB_ID, post)).as(post).hasValue("Verifying npub1bob");
        }
        for (String post : List.of(
                "3kabcdefghijl",
                "at://did:plc:cccccccccccccccccccccccc/app.bsky.feed.post/3kabcdefghijk",
                "at://" + BOB + "/app.bsky.actor.profile/self",
                "https://evil.example/post/3kabcdefghijk",
                "../self",
                "")) {
            assertThat(connector.words(BOB_ID, post)).as(post).isEmpty();
        }
        web.web.fails(record, Failure.TIMEOUT);
        assertThatThrownBy(() -> connector.words(BOB_ID, "3kabcdefghijk")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aHostThatIsSilentTellsNothingAndNobodyIsNobody() {
        web.web.fails(RECORD, Failure.TIMEOUT);
        assertThat(connector.testimony(BOB_ID)).isEqualTo(new Testimony.Silent());
        assertThat(connector.testimony(new NativeId(Network.ATPROTO, "did:plc:cccccccccccccccccccccccc")))
                .isEqualTo(new Testimony.Nobody());
        assertThat(connector.testimony(new NativeId(Network.ATPROTO, "no did"))).isEqualTo(new Testimony.Nobody());
    }
}
