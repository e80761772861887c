package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.FakeSockets;
import dev.drawbridge.nostr.ManualTimer;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A relay that says what a test lets it say, and who listens.
abstract class RelayScene {
    static final String URL = "wss://relay.example/";
    static final Duration PATIENCE = Duration.ofSeconds(15);

    final ManualTimer timer = new ManualTimer(new VirtualClock());
    final FakeSockets sockets = new FakeSockets();
    final List<String> log = new ArrayList<>();
    final Relay relay = new Relay(
            RelayUrl.tryParse(URL).orElseThrow(), sockets, timer, new Random(1), this::prove, () -> log.add("opened"));
    final People people = new People();
    final Event note = people.person("alice").note(1, "hi");

    private Optional<Event> prove(RelayUrl asks, String challenge) {
        Tag[] tags = {Tag.of("relay", asks.value()), Tag.of("challenge", challenge)};
        return challenge.equals("nobody")
                ? Optional.empty()
                : Optional.of(people.person("bot").event(22_242, 1, "", tags));
    }

    final Subscriber subscriber = new Subscriber() {
        @Override
        public void event(Event event) {
            log.add(event.content());
        }

        @Override
        public void endOfStored(boolean complete) {
            log.add(complete ? "end, complete" : "end");
        }

        @Override
        public void closed(String reason) {
            log.add("closed: " + reason);
        }
    };

    void connect() {
        sockets.silent(URL);
        relay.start();
        timer.run();
        log.clear();
    }

    void say(RelayMessage message) {
        sockets.line(URL).say(message.json());
    }
}
