package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a pool asks relays for, and what it hands over to the bridge.
class RelayPoolReadingTest extends PoolScene {
    @Test
    void asksForPeopleWhoOptedInAndForWhatIsSaidToOurs() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());

        for (int kind : new int[] {0, 1, 3, 5, 6, 7, 62, 10_002}) {
            assertThat(asked).as("kind " + kind).anyMatch(r -> wants(r, carol.event(kind, now, "")));
        }
        People.Person stranger = people.person("stranger");
        Tag toBot = Tag.of("p", bot.key.hex());
        for (int kind : new int[] {1, 3, 6, 7}) {
            assertThat(asked).anyMatch(r -> wants(r, stranger.event(kind, now, "", toBot)));
        }
        assertThat(asked).noneMatch(r -> wants(r, stranger.note(now, "to nobody")));
        assertThat(asked).as("one request per relay").hasSize(1);
    }

    @Test
    void theFirstTimeOldFollowsCountAndOldPostsDoNot() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());
        People.Person stranger = people.person("stranger");

        assertThat(asked).anyMatch(r -> wants(r, stranger.event(3, 1, "", Tag.of("p", bot.key.hex()))));
        assertThat(asked).noneMatch(r -> wants(r, carol.note(now - 16 * 60, "old")));
        assertThat(asked).anyMatch(r -> wants(r, carol.note(now - 14 * 60, "young")));
    }

    @Test
    void goesOnAQuarterOfAnHourBeforeWhereItWas() {
        world.cursors.put("nostr " + MAIN, "1000000");
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());

        assertThat(asked).anyMatch(r -> wants(r, carol.note(1_000_000 - 900, "x")));
        assertThat(asked).noneMatch(r -> wants(r, carol.note(1_000_000 - 901, "x")));
    }

    @Test
    void handsOverVerifiedEventsOnceAndMovesOnOnlyWhenEverythingStoredIsThere() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());
        Event note = carol.note(now - 5, "hi");
        ClientMessage.Request theirs =
                asked.stream().filter(r -> wants(r, note)).findFirst().orElseThrow();
        main().say(new RelayMessage.Sent(theirs.subscription(), note).json());
        main().say(new RelayMessage.Sent(theirs.subscription(), note).json());

        assertThat(world.sink.taken()).extracting(e -> e.body().text()).containsExactly(note.json());
        assertThat(cursor()).isEmpty();
        asked.forEach(r -> main().say(new RelayMessage.EndOfStored(r.subscription(), true).json()));
        assertThat(cursor()).isEqualTo(Long.toString(now));
        world.clock.advance(Duration.ofSeconds(60));
        Event live = carol.note(now + 50, "live");
        main().say(new RelayMessage.Sent(theirs.subscription(), live).json());
        assertThat(cursor()).isEqualTo(Long.toString(now + 50));
        Event future = carol.note(now + 500, "future");
        main().say(new RelayMessage.Sent(theirs.subscription(), future).json());
        assertThat(cursor()).isEqualTo(Long.toString(now + 60));
    }

    @Test
    void handsOverNothingForgedOrTampered() {
        world.watchlist.people.add(carol.id());
        run();
        String name = requests(main()).getFirst().subscription();
        Event note = carol.note(now, "hi");
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "ho", note.sig());
        main().say(new RelayMessage.Sent(name, changed).json());
        main().say(new RelayMessage.Sent(name, note.unsigned().signed(new byte[64])).json());
        assertThat(world.sink.taken()).isEmpty();

        main().say(new RelayMessage.Sent(name, note).json());
        assertThat(world.sink.taken()).hasSize(1);
    }

    @Test
    void readsPageByPageUntilNothingNewComes() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());
        Event c = carol.note(now - 1, "c");
        Event b = carol.note(now - 2, "b");
        Event a = carol.note(now - 3, "a");
        ClientMessage.Request theirs =
                asked.stream().filter(r -> wants(r, a)).findFirst().orElseThrow();
        asked.stream()
                .filter(r -> r != theirs)
                .forEach(r -> main().say(new RelayMessage.EndOfStored(r.subscription(), false).json()));
        answer(theirs.subscription(), c, b);
        ClientMessage.Request second = requests(main()).getFirst();
        assertThat(second.filters().getFirst().until()).contains(now - 2);
        answer(second.subscription(), b, a);
        ClientMessage.Request third = requests(main()).getFirst();
        assertThat(third.filters().getFirst().until()).contains(now - 3);
        assertThat(cursor()).isEmpty();
        answer(third.subscription(), a);

        assertThat(requests(main())).isEmpty();
        assertThat(cursor()).isEqualTo(Long.toString(now));
        assertThat(world.sink.taken()).extracting(e -> e.body().text()).containsExactly(c.json(), b.json(), a.json());
    }

    private void answer(String name, Event... events) {
        for (Event event : events) {
            main().say(new RelayMessage.Sent(name, event).json());
        }
        main().say(new RelayMessage.EndOfStored(name, false).json());
    }

    @Test
    void holdsItsPlaceWhileTheBridgeIsBusyAndReadsAgain() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(main());
        asked.forEach(r -> main().say(new RelayMessage.EndOfStored(r.subscription(), true).json()));
        String before = cursor();
        world.sink.answer = new Receipt.Busy(Duration.ofSeconds(30));
        world.clock.advance(Duration.ofSeconds(10));
        Event note = carol.note(now + 10, "hi");
        main().say(new RelayMessage.Sent(asked.getFirst().subscription(), note).json());

        assertThat(cursor()).isEqualTo(before);
        assertThat(sockets.connected(MAIN.value())).isFalse();
        assertThat(pool.troubles()).containsExactly("relay " + MAIN + ": waits until the bridge can take more");
        world.sink.answer = new Receipt.Accepted();
        world.timer.run(Duration.ofSeconds(30));
        ClientMessage.Request again = requests(main()).stream()
                .filter(r -> wants(r, note))
                .findFirst()
                .orElseThrow();
        main().say(new RelayMessage.Sent(again.subscription(), note).json());
        assertThat(world.sink.taken()).hasSize(1);
        assertThat(pool.troubles()).isEmpty();
    }

    @Test
    void survivesAnEngineThatFails() {
        world.watchlist.people.add(carol.id());
        intake.start(_ -> {
            throw new IllegalStateException("the store is down");
        });
        run();
        String name = requests(main()).getFirst().subscription();
        main().say(new RelayMessage.Sent(name, carol.note(now, "hi")).json());

        assertThat(sockets.connected(MAIN.value())).isFalse();
        world.timer.run(Duration.ofSeconds(10));
        assertThat(sockets.connected(MAIN.value())).isTrue();
        assertThat(cursor()).isEmpty();
    }

    @Test
    void asksAnewWhenSomebodyOptsIn() {
        run();
        List<ClientMessage.Request> before = requests(main());
        assertThat(before).noneMatch(r -> wants(r, carol.note(now, "hi")));
        world.watchlist.watch(carol.id());
        world.watchlist.changed();
        world.timer.run(Duration.ofSeconds(1));

        List<String> asked = main().asked();
        assertThat(asked).filteredOn(t -> t.startsWith("[\"CLOSE\"")).hasSameSizeAs(before);
        assertThat(asked)
                .map(ClientMessage::read)
                .anyMatch(m -> m instanceof ClientMessage.Request r && wants(r, carol.note(now, "hi")));
        world.watchlist.changed();
        world.timer.run(Duration.ofSeconds(1));
        assertThat(main().asked()).isEmpty();
    }

    @Test
    void readsPeopleWhereTheyWrite() {
        world.watchlist.people.add(carol.id());
        run();
        String name = requests(main()).getFirst().subscription();
        Event list = carol.event(
                10_002,
                now,
                "",
                Tag.of("r", "WSS://Theirs.example:443", "write"),
                Tag.of("r", "wss://inbox.example", "read"),
                Tag.of("r", "wss://own.example"),
                Tag.of("r", "ws://plain.example"));
        main().say(new RelayMessage.Sent(name, list).json());
        world.timer.run(Duration.ofSeconds(1));

        List<ClientMessage.Request> asked = requests(sockets.line(THEIRS.value()));
        assertThat(asked).anyMatch(r -> wants(r, carol.note(now, "hi")));
        assertThat(asked).noneMatch(r -> wants(r, people.person("x").note(now, "hi", Tag.of("p", bot.key.hex()))));
        assertThat(pool.inboxesOf(carol.key))
                .containsExactly(RelayUrl.tryParse("wss://inbox.example").orElseThrow());
        assertThat(world.sink.taken()).isEmpty();
        assertThat(sockets.attempts).as("main, indexer and theirs").isEqualTo(3);

        world.watchlist.people.clear();
        world.watchlist.changed();
        world.timer.run(Duration.ofSeconds(1));
        assertThat(sockets.connected(THEIRS.value())).isFalse();
        assertThat(sockets.connected(MAIN.value())).isTrue();
    }

    @Test
    void followsThoseWhoFollowAGhostToSeeThemLeave() {
        intake.take(carol.event(3, now, "", Tag.of("p", bot.key.hex())));
        run();

        assertThat(requests(main())).anyMatch(r -> wants(r, carol.event(3, now + 1, "")));
    }

    @Test
    void saysWhatARelayDoesNotLetUsRead() {
        run();
        String name = requests(main()).getFirst().subscription();
        main().say(new RelayMessage.Closed(name, "auth-required: who are you").json());

        assertThat(pool.troubles()).containsExactly("relay " + MAIN + ": auth-required: who are you");
        world.timer.run(Duration.ofSeconds(90));
        assertThat(requests(main()))
                .filteredOn(r -> !r.subscription().equals("alive"))
                .isEmpty();
    }

    @Test
    void asksAgainWhereARelayHadTooMuchToDo() {
        run();
        ClientMessage.Request first = requests(main()).getFirst();
        main().say(new RelayMessage.Closed(first.subscription(), "rate-limited: slow down").json());
        world.timer.run(Duration.ofSeconds(50));
        assertThat(main().asked()).isEmpty();
        world.timer.run(Duration.ofSeconds(11));

        assertThat(requests(main()))
                .anyMatch(
                        r -> r.filters().equals(first.filters()) || !r.filters().isEmpty());
    }

    @Test
    void asksAsMuchAsTheRelayBears() {
        world.pages.put("https://main.example/", "{\"limitation\":{\"max_limit\":77}}");
        world.watchlist.people.add(carol.id());
        run();

        assertThat(requests(main()).getFirst().filters())
                .allSatisfy(f -> assertThat(f.limit()).contains(77));
    }

    @Test
    void saysWhenARelayTakesTooFewSubscriptions() {
        world.pages.put(
                "https://main.example/", "{\"limitation\":{\"max_subscriptions\":3,\"max_message_length\":2000}}");
        for (int i = 0; i < 40; i++) {
            world.watchlist.people.add(people.person("p" + i).id());
        }
        run();

        assertThat(requests(main())).hasSize(1);
        assertThat(pool.troubles())
                .containsExactly("relay " + MAIN + ": takes 3 subscriptions, fewer than our people need");
    }

    @Test
    void indexersAreAskedWherePeopleAreFoundAndNothingElse() {
        world.watchlist.people.add(carol.id());
        run();
        List<ClientMessage.Request> asked = requests(sockets.line(INDEX.value()));
        assertThat(asked).noneMatch(r -> wants(r, carol.note(now, "hi")));
        Event list = carol.event(10_002, now, "", Tag.of("r", THEIRS.value()));
        sockets.line(INDEX.value()).say(new RelayMessage.Sent(asked.getFirst().subscription(), list).json());
        world.timer.run(Duration.ofSeconds(1));

        assertThat(requests(sockets.line(THEIRS.value()))).anyMatch(r -> wants(r, carol.note(now, "hi")));
    }

    @Test
    void readsOnceTheRelayKnowsWhoWeAre() {
        run();
        String name = requests(main()).getFirst().subscription();
        main().say(new RelayMessage.Closed(name, "auth-required: who are you").json());
        main().say(new RelayMessage.Challenge("c1").json());
        String proof = main().asked().getFirst().replaceAll(".*\"id\":\"([0-9a-f]{64})\".*", "$1");
        main().say(new RelayMessage.Ok(proof, true, "").json());

        assertThat(requests(main())).hasSize(1);
        assertThat(pool.troubles()).isEmpty();
    }

    @Test
    void followsSomebodyWhoMovesToAnotherRelay() {
        RelayUrl other = RelayUrl.tryParse("wss://other.example").orElseThrow();
        sockets.silent(other.value());
        world.watchlist.people.add(carol.id());
        run();
        String name = requests(main()).getFirst().subscription();
        for (RelayUrl url : List.of(THEIRS, other)) {
            long at = url.equals(THEIRS) ? now : now + 1;
            Event list = carol.event(10_002, at, "", Tag.of("r", url.value()));
            main().say(new RelayMessage.Sent(name, list).json());
            world.timer.run(Duration.ofSeconds(1));
        }
        assertThat(sockets.connected(THEIRS.value())).isFalse();
        assertThat(sockets.connected(other.value())).isTrue();

        Event late = carol.event(10_002, now - 5, "", Tag.of("r", THEIRS.value()));
        main().say(new RelayMessage.Sent(name, late).json());
        world.timer.run(Duration.ofSeconds(1));
        assertThat(sockets.connected(other.value())).isTrue();
        assertThat(sockets.connected(THEIRS.value())).isFalse();
    }
}
