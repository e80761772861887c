package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.wire.BlockLists;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Domain blocks as Mastodon writes them.
@ExtendWith(TestMongo.class)
class BlockListsTest {
    private static final String EXPORTED = """
        #domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
        spam.example,suspend,true,true,"sells ""followers"", loudly",false
        Loud.example,silence,false,false,,false
        fine.example,noop,false,false,only media,false
        h*d*en.example,suspend,false,false,,true
        spam.example,silence,false,false,again,false
        """;

    private static Entry entry(String domain, Optional<Effect> effect, String reason) {
        return new Entry(new Subject(Subject.Kind.DOMAIN, domain), effect, reason);
    }

    @Test
    void severityAndCommentAreReadAndWhatBlocksNothingIsLeftOut() {
        assertThat(BlockLists.read("\uFEFF" + EXPORTED.replace("\n", "\r\n")))
                .isEqualTo(new Listing.Entries(List.of(
                        entry("spam.example", Optional.of(Effect.DENY), "sells \"followers\", loudly"),
                        entry("loud.example", Optional.of(Effect.HIDE), ""))));
    }

    @Test
    void aListOfDomainsAloneIsOneToo() {
        assertThat(BlockLists.read("a.example\n\nb.example\nnot a domain.\n"))
                .isEqualTo(new Listing.Entries(
                        List.of(entry("a.example", Optional.empty(), ""), entry("b.example", Optional.empty(), ""))));
    }

    @Test
    void aCommentOverSeveralLinesIsOneLine() {
        assertThat(BlockLists.read("domain,public_comment\na.example,\"one\ntwo\""))
                .isEqualTo(new Listing.Entries(List.of(entry("a.example", Optional.empty(), "one two"))));
        assertThat(BlockLists.read("domain,public_comment\na.example,\"" + "x".repeat(600)))
                .isEqualTo(new Listing.Entries(List.of(entry("a.example", Optional.empty(), "x".repeat(500)))));
    }

    @Test
    void whatIsNoListIsSaid() {
        assertThat(BlockLists.read("")).isEqualTo(new Listing.Unreadable("it is empty"));
        assertThat(BlockLists.read("<html><body>Hello. World.</body></html>"))
                .isEqualTo(new Listing.Unreadable("it is no CSV of domains"));
        assertThat(BlockLists.read("{\"kind\":10000}")).isInstanceOf(Listing.Unreadable.class);
    }

    @Test
    void anAddressIsFetchedAndWhatIsNoAddressIsForeign(MongoDatabase database) {
        var net = new LocalNet();
        var bridge = new Bridge(database, net);
        net.fix("https://lists.example/a.csv", 200, "text/csv", "a.example\n");
        net.fix("https://lists.example/gone.csv", 404, "text/plain", "nothing here. sorry.");
        assertThat(bridge.connector.list("https://lists.example/a.csv"))
                .isEqualTo(new Listing.Entries(List.of(entry("a.example", Optional.empty(), ""))));
        assertThat(bridge.connector.list("https://lists.example/gone.csv"))
                .isEqualTo(new Listing.Silent("it answers 404"));
        assertThat(bridge.connector.list("https://unknown.example/a.csv")).isInstanceOf(Listing.Silent.class);
        for (String address : List.of("at://did:plc:abc/app.bsky.graph.list/1", "npub1abc", "lists.example")) {
            assertThat(bridge.connector.list(address)).isEqualTo(new Listing.Foreign());
        }
        assertThat(bridge.connector.readList("a.example\n")).isInstanceOf(Listing.Entries.class);
    }
}
