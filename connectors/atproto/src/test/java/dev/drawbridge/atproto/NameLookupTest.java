package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who people mean by what they paste.
class NameLookupTest extends AtprotoConnectorFixture {
    private static final String BOB = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
    private static final Sought FOUND = new Sought.Found(new NativeId(Network.ATPROTO, BOB));

    NameLookupTest(MongoDatabase database) {
        super(database);
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 200, BOB);
        web.web.has("GET " + PLC + BOB, 200, """
            {"id":"%s","alsoKnownAs":["at://bob.site.test"],
             "service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}
            """.formatted(BOB));
    }

    @Test
    void aDidIsFoundInEveryFormPeopleWriteIt() {
        for (String name : List.of(
                BOB,
                "at://" + BOB,
                "at://" + BOB + "/app.bsky.feed.post/3abc",
                "https://bsky.app/profile/" + BOB,
                "https://bsky.app/profile/" + BOB + "/post/3abc?x=1")) {
            assertThat(connector.seek(name)).as(name).isEqualTo(FOUND);
        }
    }

    @Test
    void nobodyIsToldApartFromADirectoryThatIsSilent() {
        assertThat(connector.seek("did:plc:cccccccccccccccccccccccc")).isEqualTo(new Sought.Nobody());
        web.web.fails("GET " + PLC + "did:plc:dddddddddddddddddddddddd", Failure.TIMEOUT);
        assertThat(connector.seek("did:plc:dddddddddddddddddddddddd")).isEqualTo(new Sought.Silent());
    }

    @Test
    void whatIsWrittenBadlyIsNobody() {
        for (String name : List.of("did:x:%zz", "did:web:a%zz", "at://did:x:%zz/app.bsky.feed.post/3abc")) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Nobody());
        }
    }

    @Test
    void hostsThatDoNotAnswerAreShownToTheOperator() {
        assertThat(connector.paused()).isEmpty();
        web.web.fails("GET " + PLC + "did:plc:dddddddddddddddddddddddd", Failure.TIMEOUT);
        web.web.fails("GET https://slow.test/.well-known/did.json", Failure.TIMEOUT);
        connector.seek("did:plc:dddddddddddddddddddddddd");
        connector.seek("did:web:slow.test");
        assertThat(connector.paused())
                .containsExactly(
                        new PausedHost("plc.test", 1, pds.clock.instant().plusSeconds(5)),
                        new PausedHost("slow.test", 1, pds.clock.instant().plusSeconds(5)));
        pds.clock.advance(Duration.ofSeconds(5));
        assertThat(connector.paused()).isEmpty();
    }

    @Test
    void standInsOfOursAreFoundWithoutAskingAnybody() {
        Ghost ghost = made(alice());
        int asked = web.web.requests.size();
        assertThat(connector.seek(ghost.handle())).isEqualTo(new Sought.Found(ghost.id()));
        assertThat(connector.seek("@" + ghost.handle())).isEqualTo(new Sought.Found(ghost.id()));
        assertThat(connector.seek(
                        "nobody" + ghost.handle().substring(ghost.handle().indexOf('.'))))
                .isEqualTo(new Sought.Nobody());
        assertThat(web.web.requests).hasSize(asked);
    }

    @Test
    void whatIsNoNameHereIsAskedOfNobody() {
        for (String name : List.of(
                "bob", "@alice@social.example", "npub1abc", "https://social.example/@alice", "did:x", "at://")) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Foreign());
        }
        assertThat(web.web.requests).isEmpty();
    }

    @Test
    void aPrivateKeyIsNotLookedAt() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        for (String name :
                List.of(key, "@" + key + ".example.org", "at://" + key + ".example.org/x", "did:web:" + key)) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Secret());
        }
        assertThat(web.web.requests).isEmpty();
    }

    @Test
    void accountsAndPostsHavePagesAndOtherRecordsNone() {
        assertThat(connector.actorPage(new NativeId(Network.ATPROTO, BOB)))
                .contains(URI.create("https://bsky.app/profile/" + BOB));
        assertThat(connector.objectPage(new NativeId(Network.ATPROTO, "at://" + BOB + "/app.bsky.feed.post/3abc")))
                .contains(URI.create("https://bsky.app/profile/" + BOB + "/post/3abc"));
        assertThat(connector.objectPage(new NativeId(Network.ATPROTO, "at://" + BOB + "/app.bsky.feed.like/3abc")))
                .isEmpty();
        assertThat(connector.actorPage(new NativeId(Network.ATPROTO, "javascript:alert(1)")))
                .isEmpty();
    }
}
