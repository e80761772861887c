package dev.drawbridge.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.NostrClient;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Initiator;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Our negentropy (NIP-77) against that of rust-nostr.
class NegentropyIT {
    private static final HexFormat HEX = HexFormat.of();
    private static final Filter NOTES = Filter.ANY.kinds(List.of(1));

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 4_096})
    void bothFindTheSameDifferences(int frame) throws InterruptedException {
        try (var relay = NostrRelay.start();
                var tools = NostrTools.start();
                var client = NostrClient.connect(relay.uri())) {
            var dora = tools.newPerson();
            List<Item> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                JsonNode note = tools.sign(dora, 1, 1_700_000_000L + i / 3, "note " + i, List.of());
                all.add(new Item(
                        note.path("created_at").asLong(),
                        new EventId(note.path("id").asString())));
                if (i % 7 != 0) {
                    assertThat(client.publish(note).accepted()).isTrue();
                }
            }
            Set<EventId> onlyHere = new HashSet<>();
            Set<EventId> onlyThere = new HashSet<>();
            List<Item> mine = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                boolean here = i % 11 != 0;
                boolean there = i % 7 != 0;
                if (here) {
                    mine.add(all.get(i));
                }
                if (here && !there) {
                    onlyHere.add(all.get(i).id());
                }
                if (there && !here) {
                    onlyThere.add(all.get(i).id());
                }
            }

            Step.Progress found = compare(relay.uri(), new Initiator(ItemSet.of(mine), frame));
            assertThat(new HashSet<>(found.have())).isEqualTo(onlyHere);
            assertThat(new HashSet<>(found.need())).isEqualTo(onlyThere);
        }
    }

    private Step.Progress compare(URI relay, Initiator initiator) throws InterruptedException {
        List<EventId> have = new ArrayList<>();
        List<EventId> need = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(relay, new Listener(answers))
                    .join();
            socket.sendText(new ClientMessage.NegOpen("n", NOTES, HEX.formatHex(initiator.open())).json(), true)
                    .join();
            while (true) {
                var step = (Step.Progress) initiator.take(answer());
                have.addAll(step.have());
                need.addAll(step.need());
                if (step.next().isEmpty()) {
                    socket.abort();
                    return new Step.Progress(step.next(), have, need);
                }
                String next = HEX.formatHex(step.next().get());
                socket.sendText(new ClientMessage.NegNext("n", next).json(), true)
                        .join();
            }
        }
    }

    private byte[] answer() throws InterruptedException {
        String text = Optional.ofNullable(answers.poll(30, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("the relay does not answer"));
        RelayMessage message = RelayMessage.read(text).found().orElseThrow();
        assertThat(message).isInstanceOf(RelayMessage.NegAnswer.class);
        return HEX.parseHex(((RelayMessage.NegAnswer) message).message());
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> answers;
        private final StringBuilder text = new StringBuilder();

        private Listener(BlockingQueue<String> answers) {
            this.answers = answers;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
