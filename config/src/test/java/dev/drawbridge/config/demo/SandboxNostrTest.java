package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxNostrTest {
    private final World world = Worlds.alone();
    private final SandboxNostr nostr = new SandboxNostr(world);
    private final PublicKey ghost = PublicKey.ofCompressed(world.signer().ensure("ghost", KeyAlgorithm.SECP256K1));
    private final List<String> heard = new ArrayList<>();
    private final SocketSession client = connect();

    private SocketSession connect() {
        var socket = (Endpoint.Socket) nostr.endpoints().getFirst();
        var handshake = new HttpCall(
                "GET", URI.create("http://localhost:4000/relay"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        return socket.handler().open(handshake, new SocketPeer() {
            @Override
            public void send(String text) {
                heard.add(text);
            }

            @Override
            public void send(byte[] bytes) {
                throw new IllegalStateException("relays speak text");
            }

            @Override
            public long pending() {
                return 0;
            }

            @Override
            public void close(int code, String reason) {
                heard.add("closed " + code);
            }
        });
    }

    private Event event(int kind, String content, Tag... tags) {
        var unsigned = new UnsignedEvent(ghost, Worlds.NOW.getEpochSecond(), kind, List.of(tags), content);
        return unsigned.signed(world.signer()
                .sign("ghost", SignatureScheme.BIP340, unsigned.id().bytes()));
    }

    private String publish(Event event) {
        client.text(new ClientMessage.Publish(event).json());
        return heard.getLast();
    }

    @Test
    void aSignedNoteIsTakenSeenAndServed() {
        Event note = event(Kind.NOTE, "Low tide");
        assertThat(publish(note)).contains("\"OK\"", "true");
        assertThat(nostr.journal().sightings())
                .singleElement()
                .satisfies(s -> assertThat(s.text()).isEqualTo("Low tide"));
        heard.clear();
        client.text(new ClientMessage.Request("r", List.of(Filter.ANY.authors(List.of(ghost)))).json());
        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst()).contains(note.id().hex());
        assertThat(heard.getLast()).contains("EOSE");
    }

    @Test
    void aForgedNoteIsRefused() {
        Event note = event(Kind.NOTE, "Low tide");
        var forged = new Event(
                note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "High tide", note.sig());
        assertThat(publish(forged)).contains("false", "invalid: the id does not match");
        assertThat(nostr.journal().sightings()).isEmpty();
    }

    @Test
    void whatIsTakenBackIsForgotten() {
        Event note = event(Kind.NOTE, "Low tide");
        publish(note);
        publish(event(Kind.DELETION, "", Tag.of("e", note.id().hex())));
        assertThat(nostr.journal().sightings()).isEmpty();
    }

    @Test
    void anAnswerNamesRootAndParent() {
        Event note = event(Kind.NOTE, "Low tide");
        publish(note);
        client.text(new ClientMessage.Request("r", List.of(Filter.ANY.kinds(List.of(Kind.NOTE)))).json());
        var parent = new NativeId(Network.NOSTR, note.id().hex());
        nostr.write("What a #light", Optional.of(parent));
        assertThat(heard.getLast())
                .contains("\"root\"", note.id().hex(), "[\"p\",\"" + ghost.hex() + "\"]", "[\"t\",\"light\"]");
    }

    @Test
    void followListsGrowAndNeverTie() {
        client.text(new ClientMessage.Request("r", List.of(Filter.ANY.kinds(List.of(Kind.FOLLOWS)))).json());
        nostr.follow(new NativeId(Network.NOSTR, ghost.hex()));
        String first = heard.getLast();
        nostr.follow(new NativeId(Network.NOSTR, "ab".repeat(32)));
        assertThat(heard.getLast()).isNotEqualTo(first).contains(ghost.hex(), "ab".repeat(32));
    }
}
