package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Responder;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a relay has and did not send, found by comparing.
class GapRepairTest extends PoolScene {
    private static final Pattern NEG = Pattern.compile("\\[\"(NEG-\\w+)\",\"(\\w+)\"(?:,.*?\"(\\w+)\")?]");

    /// Has events that it sends only to who asks for them by id.
    private final List<Event> hidden = new ArrayList<>();
    private final List<String> comparisons = new ArrayList<>();
    private String instead = "";

    @BeforeEach
    void serve() {
        sockets.serve(MAIN.value(), this::open);
        world.pages.put("https://main.example/", "{\"supported_nips\":[1,77]}");
        world.watchlist.people.add(carol.id());
    }

    private SocketSession open(SocketPeer peer) {
        return new SocketSession() {
            @Override
            public void text(String message) {
                if (message.startsWith("[\"NEG-")) {
                    compare(peer, message);
                } else if (ClientMessage.read(message) instanceof ClientMessage.Request(String name, var filters)) {
                    answer(peer, name, filters);
                }
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }

    private void answer(SocketPeer peer, String name, List<Filter> filters) {
        hidden.stream()
                .filter(e -> filters.stream().anyMatch(f -> f.ids().isPresent() && f.matches(e)))
                .forEach(e -> peer.send(new RelayMessage.Sent(name, e).json()));
        peer.send(new RelayMessage.EndOfStored(name, true).json());
    }

    private void compare(SocketPeer peer, String message) {
        Matcher read = NEG.matcher(message);
        assertThat(read.matches()).as(message).isTrue();
        comparisons.add(read.group(1));
        if (read.group(1).equals("NEG-CLOSE")) {
            return;
        }
        if (!instead.isEmpty()) {
            peer.send(instead.formatted(read.group(2)));
            return;
        }
        Set<Item> items = new HashSet<>();
        hidden.forEach(e -> items.add(new Item(e.createdAt(), e.id())));
        var step = new Responder(ItemSet.of(items), 0).take(HexFormat.of().parseHex(read.group(3)));
        byte[] next = ((Step.Progress) step).next().orElseThrow();
        peer.send("[\"NEG-MSG\",\"" + read.group(2) + "\",\"" + HexFormat.of().formatHex(next) + "\"]");
    }

    private List<String> taken() {
        return world.sink.taken().stream().map(e -> e.body().text()).toList();
    }

    @Test
    void whatIsMissingIsFoundAndTakenOnce() {
        Event note = carol.note(now - 60, "late");
        hidden.add(note);
        run();
        assertThat(taken()).containsExactly(note.json());
        assertThat(comparisons).contains("NEG-OPEN").endsWith("NEG-CLOSE");

        Event another = carol.note(now - 30, "later");
        hidden.add(another);
        world.timer.run(Duration.ofMinutes(61));
        assertThat(taken()).containsExactly(another.json());
        world.timer.run(Duration.ofMinutes(61));
        assertThat(taken()).isEmpty();
    }

    @Test
    void manyAreFetchedInParts() {
        for (int i = 0; i < 600; i++) {
            hidden.add(carol.note(now - i % 600, "n" + i));
        }
        run();

        assertThat(taken()).hasSize(600);
    }

    @Test
    void aRelayThatDoesNotOfferItIsNotAsked() {
        world.pages.put("https://main.example/", "{\"supported_nips\":[1]}");
        hidden.add(carol.note(now - 60, "late"));
        run();
        world.timer.run(Duration.ofHours(3));

        assertThat(comparisons).isEmpty();
        assertThat(taken()).isEmpty();
    }

    @Test
    void aRelayThatRefusesIsReadAsBefore() {
        hidden.add(carol.note(now - 60, "late"));
        instead = "[\"NEG-ERR\",\"%s\",\"blocked: too many\"]";
        run();

        assertThat(comparisons).containsExactly("NEG-OPEN", "NEG-CLOSE");
        assertThat(taken()).isEmpty();
        assertThat(pool.troubles()).isEmpty();
    }

    @Test
    void nonsenseEndsTheComparisonAndNothingElse() {
        hidden.add(carol.note(now - 60, "late"));
        for (String nonsense : List.of(
                "[\"NEG-MSG\",\"%s\",\"zz\"]", "[\"NEG-MSG\",\"%s\",\"99\"]", "[\"NEG-MSG\",\"%s\"]", "[\"NEG-")) {
            instead = nonsense;
            sockets.remove(MAIN.value());
            sockets.serve(MAIN.value(), this::open);
            run();
        }

        assertThat(taken()).isEmpty();
        assertThat(sockets.connected(MAIN.value())).isTrue();
    }

    @Test
    void whatIsForgedIsNotTaken() {
        Event note = carol.note(now - 60, "late");
        hidden.add(note.unsigned().signed(new byte[64]));
        run();

        assertThat(taken()).isEmpty();
    }
}
