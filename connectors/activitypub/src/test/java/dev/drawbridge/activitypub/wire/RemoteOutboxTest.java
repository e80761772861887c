package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What reading an outbox asks of other hosts.
@ExtendWith(TestMongo.class)
class RemoteOutboxTest {
    private static final String THIRD = "quoted.example";
    private final LocalNet net = new LocalNet();
    private final VirtualClock clock = new VirtualClock();
    private final Instant since = clock.instant().minusSeconds(3_600);
    private final RemoteServer alice = new RemoteServer("social.example", "alice");
    /// How many turns were taken when the third host was asked.
    private final List<Integer> asked = new ArrayList<>();

    private MongoDatabase database;
    private int turns;

    RemoteOutboxTest(MongoDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void thereIsAnOutbox() {
        var actor = alice.document().put("outbox", alice.actor() + "/outbox");
        net.document(alice.actor(), Documents.write(actor));
        net.serve(THIRD, (_, uri, _, _) -> {
            asked.add(turns);
            return answer(uri);
        });
    }

    /// Stamps and posts of carol.
    private HttpReply answer(URI uri) {
        String number = uri.getPath().replaceAll("\\D", "");
        String json = uri.getPath().startsWith("/stamps/")
                ? """
                {"id":"%s","type":"QuoteAuthorization","attributedTo":"https://%s/users/carol",
                 "interactingObject":"%s","interactionTarget":"https://%s/notes/%s"}
                """.formatted(uri, THIRD, alice.note(Integer.parseInt(number)), THIRD, number)
                : """
                {"id":"%s","type":"Note","attributedTo":"https://%s/users/carol","content":"x"}
                """.formatted(uri, THIRD);
        return HttpReply.of(200, "application/activity+json", json);
    }

    private List<NativeEvent> read(int quotes) {
        String items = IntStream.range(0, quotes).mapToObj(this::quoting).collect(Collectors.joining(","));
        net.document(
                alice.actor() + "/outbox",
                "{\"id\":\"%s/outbox\",\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
                        .formatted(alice.actor(), items));
        var outbox = Outboxes.of(database, net, clock, () -> turns++);
        var answer = outbox.since(alice.actor(), since);
        assertThat(answer).isInstanceOf(Found.class);
        return answer.found().orElseThrow();
    }

    private String quoting(int number) {
        return """
            {"id":"%s/activity","type":"Create","actor":"%s","object":
             {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>n%d</p>","published":"%s",
              "to":["https://www.w3.org/ns/activitystreams#Public"],
              "quote":"https://%s/notes/%d","quoteAuthorization":"https://%s/stamps/%d"}}
            """.formatted(
                        alice.note(number),
                        alice.actor(),
                        alice.note(number),
                        alice.actor(),
                        number,
                        since.plusSeconds(number),
                        THIRD,
                        number,
                        THIRD,
                        number);
    }

    @Test
    void whatProvesQuotesIsAskedForAtTheSamePace() {
        assertThat(read(3))
                .hasSize(3)
                .allSatisfy(e -> assertThat(e.body().text()).contains("quoteAuthorization"));
        assertThat(asked)
                .as("a turn for each of two requests a quote")
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    void noMoreIsAskedThanAnOutboxMayCost() {
        assertThat(read(130)).as("the posts come all the same").hasSize(130);
        assertThat(asked).hasSize(RemoteOutbox.MOST_FETCHES);
    }
}
