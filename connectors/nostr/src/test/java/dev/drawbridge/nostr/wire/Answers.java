package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayMessage;
import java.util.ArrayList;
import java.util.List;

/// A relay that says the same about every event.
final class Answers {
    final List<Event> heard = new ArrayList<>();
    private boolean accepts;
    private String message;

    Answers(boolean accepts, String message) {
        this.accepts = accepts;
        this.message = message;
    }

    void from(boolean nowAccepts, String nowMessage) {
        accepts = nowAccepts;
        message = nowMessage;
    }

    SocketSession open(SocketPeer peer) {
        return new SocketSession() {
            @Override
            public void text(String text) {
                if (ClientMessage.read(text) instanceof ClientMessage.Publish(Event event)) {
                    heard.add(event);
                    peer.send(new RelayMessage.Ok(event.id().hex(), accepts, message).json());
                }
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }
}
