package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.Listing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Lists of people that somebody keeps on Bluesky.
class ModerationListsTest extends AtprotoConnectorFixture {
    private static final String BOB = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
    private static final String LIST = "at://" + BOB + "/app.bsky.graph.list/3kabc";
    private static final String ITEM = "{\"uri\":\"x\",\"value\":{\"list\":\"%s\",\"subject\":\"%s\"}}";
    private static final String LISTED = "GET https://pds.test/xrpc/com.atproto.repo.listRecords?repo="
            + URLEncoder.encode(BOB, StandardCharsets.UTF_8) + "&collection=app.bsky.graph.listitem&limit=100";

    ModerationListsTest(MongoDatabase database) {
        super(database);
        web.web.has("GET https://bob.site.test/.well-known/atproto-did", 200, BOB);
        web.web.has("GET " + PLC + BOB, 200, """
            {"id":"%s","alsoKnownAs":["at://bob.site.test"],
             "service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}
            """.formatted(BOB));
    }

    private static Entry entry(String did) {
        return new Entry(new Subject(Subject.Kind.ACTOR, did), Optional.empty(), "");
    }

    private static String item(String list, String subject) {
        return ITEM.formatted(list, subject);
    }

    @Test
    void everybodyOnItIsReadPageByPageByAddressAndByPage() {
        web.web.has(
                LISTED,
                200,
                "{\"cursor\":\"c\",\"records\":[" + item(LIST, "did:plc:cccccccccccccccccccccccc") + ","
                        + item(LIST + "x", "did:plc:dddddddddddddddddddddddd") + "," + item(LIST, "nobody") + "]}");
        web.web.has(
                LISTED + "&cursor=c", 200, "{\"records\":[" + item(LIST, "did:plc:eeeeeeeeeeeeeeeeeeeeeeee") + "]}");
        for (String address : List.of(
                LIST,
                "https://bsky.app/profile/" + BOB + "/lists/3kabc",
                "https://bsky.app/profile/bob.site.test/lists/3kabc",
                "at://bob.site.test/app.bsky.graph.list/3kabc")) {
            assertThat(connector.list(address))
                    .as(address)
                    .isInstanceOfSatisfying(
                            Listing.Entries.class,
                            found -> assertThat(found.entries())
                                    .containsExactlyInAnyOrder(
                                            entry("did:plc:cccccccccccccccccccccccc"),
                                            entry("did:plc:eeeeeeeeeeeeeeeeeeeeeeee")));
        }
    }

    @Test
    void aPageThatCannotBeReadIsNotTheEndOfTheList() {
        web.web.has(
                LISTED, 200, "{\"cursor\":\"c\",\"records\":[" + item(LIST, "did:plc:cccccccccccccccccccccccc") + "]}");
        for (int status : List.of(400, 403, 404, 500)) {
            web.web.has(LISTED + "&cursor=c", status, "{\"error\":\"InvalidRequest\"}");
            assertThat(connector.list(LIST)).as("%d", status).isInstanceOf(Listing.Silent.class);
        }
        for (String nonsense : List.of("<html>", "{}", "{\"records\":{}}")) {
            web.web.has(LISTED + "&cursor=c", 200, nonsense);
            assertThat(connector.list(LIST)).as(nonsense).isInstanceOf(Listing.Silent.class);
        }
        web.web.has(LISTED + "&cursor=c", 200, "{\"records\":[]}");
        assertThat(connector.list(LIST)).isInstanceOf(Listing.Entries.class);
    }

    @Test
    void anEmptyListASilentHostAndAnotherAddressAreToldApart() {
        web.web.has(LISTED, 200, "{\"records\":[]}");
        assertThat(connector.list(LIST)).isInstanceOf(Listing.Unreadable.class);
        web.web.fails(LISTED, Failure.TIMEOUT);
        assertThat(connector.list(LIST)).isInstanceOf(Listing.Silent.class);
        assertThat(connector.list("https://bsky.app/profile/gone.site.test/lists/3kabc"))
                .isInstanceOf(Listing.Silent.class);
        for (String address : List.of(
                "at://" + BOB + "/app.bsky.feed.post/3kabc",
                "https://lists.example/a.csv",
                "npub1abc",
                "at://" + BOB + "/app.bsky.graph.list/..")) {
            assertThat(connector.list(address)).as(address).isEqualTo(new Listing.Foreign());
        }
    }
}
