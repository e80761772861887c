package dev.drawbridge.nostr.negentropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationTest {
    private static final HexFormat HEX = HexFormat.of();

    private static Item item(long at, int number) {
        return new Item(at, new EventId("%064x".formatted(number)));
    }

    private static byte[] next(Step step) {
        return ((Step.Progress) step).next().orElseThrow();
    }

    /// What came of a whole conversation.
    private record Outcome(Set<EventId> have, Set<EventId> need, int rounds, int longest) {}

    private static Outcome reconcile(ItemSet mine, ItemSet theirs, int myLimit, int theirLimit) {
        var initiator = new Reconciliation.Initiator(mine, myLimit);
        var responder = new Reconciliation.Responder(theirs, theirLimit);
        Set<EventId> have = new TreeSet<>();
        Set<EventId> need = new TreeSet<>();
        int longest = 0;
        int rounds = 0;
        Optional<byte[]> query = Optional.of(initiator.open());
        while (query.isPresent()) {
            assertThat(rounds++).as("it comes to an end").isLessThan(10_000);
            byte[] answer = next(responder.take(query.get()));
            var step = (Step.Progress) initiator.take(answer);
            have.addAll(step.have());
            need.addAll(step.need());
            longest = Math.max(longest, Math.max(answer.length, query.get().length));
            query = step.next();
        }
        return new Outcome(have, need, rounds, longest);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "4096,0", "0,4096", "4096,4096", "8192,5000"})
    void randomSetsFindExactlyWhatTheyLackOfEachOther(int myLimit, int theirLimit) {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            List<Item> mine = new ArrayList<>();
            List<Item> theirs = new ArrayList<>();
            int size = 1 + random.nextInt(seed % 10 == 0 ? 6_000 : 400);
            int seconds = 1 + random.nextInt(3_000);
            double shared = random.nextDouble();
            for (int i = 0; i < size; i++) {
                Item item = random(random, seconds, i);
                if (random.nextDouble() < shared || random.nextBoolean()) {
                    mine.add(item);
                }
                if (random.nextDouble() < shared || !mine.contains(item)) {
                    theirs.add(item);
                }
            }
            Outcome outcome = reconcile(ItemSet.of(mine), ItemSet.of(theirs), myLimit, theirLimit);

            assertThat(outcome.have()).as("seed %d", seed).isEqualTo(without(mine, theirs));
            assertThat(outcome.need()).as("seed %d", seed).isEqualTo(without(theirs, mine));
            if (myLimit > 0 && theirLimit > 0) {
                assertThat(outcome.longest()).isLessThanOrEqualTo(Math.max(myLimit, theirLimit));
            }
        }
    }

    private static Item random(Random random, int seconds, int number) {
        var id = new byte[32];
        random.nextBytes(id);
        if (random.nextInt(4) == 0) {
            // neighbours that differ late, so that bounds get long
            java.util.Arrays.fill(id, 0, 30, (byte) 7);
            id[30] = (byte) (number >>> 8);
            id[31] = (byte) number;
        }
        return new Item(1_700_000_000L + random.nextInt(seconds), ItemSet.id(id));
    }

    private static Set<EventId> without(List<Item> all, List<Item> others) {
        Set<EventId> left = new TreeSet<>();
        all.forEach(i -> left.add(i.id()));
        others.forEach(i -> left.remove(i.id()));
        return left;
    }

    @Test
    void equalSetsNeedOneRound() {
        ItemSet items = ItemSet.of(
                IntStream.range(0, 50_000).mapToObj(i -> item(i / 3, i)).toList());

        Outcome outcome = reconcile(items, items, 0, 0);
        assertThat(outcome).isEqualTo(new Outcome(Set.of(), Set.of(), 1, outcome.longest()));
        assertThat(outcome.longest()).isLessThan(800);
    }

    @Test
    void fewDifferencesAmongManyCostLittle() {
        List<Item> all =
                IntStream.range(0, 50_000).mapToObj(i -> item(i / 3, i)).toList();
        List<Item> some =
                all.stream().filter(i -> !i.id().hex().endsWith("777")).toList();

        Outcome outcome = reconcile(ItemSet.of(some), ItemSet.of(all), 0, 0);
        assertThat(outcome.need()).hasSize(all.size() - some.size()).isNotEmpty();
        assertThat(outcome.rounds()).isLessThanOrEqualTo(4);
    }

    /// Worked out by hand from the text of the protocol, so that what we send stays as it is.
    @Test
    void writesMessagesByteForByteAsTheProtocolSays() {
        ItemSet two = ItemSet.of(List.of(item(300, 2), item(200, 1), item(200, 1)));

        assertThat(HEX.formatHex(new Reconciliation.Initiator(two, 0).open()))
                .isEqualTo("61" + "0000" + "02" + "02" + "%064x".formatted(1) + "%064x".formatted(2));
        assertThat(HEX.formatHex(new Reconciliation.Initiator(ItemSet.of(List.of()), 0).open()))
                .isEqualTo("61" + "0000" + "02" + "00");
        byte[] fingerprinted = new Reconciliation.Initiator(
                        ItemSet.of(IntStream.range(0, 32)
                                .mapToObj(i -> item(1_000 + i / 4, i))
                                .toList()),
                        0)
                .open();
        assertThat(HEX.formatHex(fingerprinted))
                .as("time 1,000 + 1 as 0x87 0x69, a prefix of 32 bytes because ids differ in the last")
                .startsWith("61" + "8769" + "20" + "%064x".formatted(2) + "01");
    }

    @Test
    void fingerprintsAreTheSumAndTheCount() throws Exception {
        ItemSet items = ItemSet.of(List.of(
                new Item(1, new EventId("ff".repeat(32))), new Item(2, new EventId("02" + "00".repeat(31)))));
        // 2^256-1 + 2 = 1, modulo 2^256
        byte[] sum = HEX.parseHex("01" + "00".repeat(31) + "02");
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(sum);

        assertThat(items.fingerprint(0, 2)).isEqualTo(java.util.Arrays.copyOf(hash, 16));
    }

    @Test
    void anEmptySideLearnsEverythingWithinSmallFrames() {
        ItemSet all =
                ItemSet.of(IntStream.range(0, 3_000).mapToObj(i -> item(5, i)).toList());

        Outcome outcome = reconcile(ItemSet.of(List.of()), all, 4_096, 4_096);
        assertThat(outcome.need()).hasSize(3_000);
        assertThat(outcome.longest()).isLessThanOrEqualTo(4_096);
    }

    @Test
    void answersAnotherVersionWithItsOwn() {
        var responder = new Reconciliation.Responder(ItemSet.of(List.of()), 0);

        assertThat(next(responder.take(HEX.parseHex("62" + "00")))).isEqualTo(new byte[] {0x61});
        assertThat(new Reconciliation.Initiator(ItemSet.of(List.of()), 0).take(new byte[] {0x62}))
                .isEqualTo(new Step.Malformed("the other side speaks version 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "5f",
                "70",
                "6100",
                "610021",
                "61000003",
                "610000018877",
                "61000002ff7f",
                "6100000201aa",
                "61ffffffffffffffffffff00",
                "61000002ffffffffffffffff7f"
            })
    void refusesWhatIsNoMessage(String hex) {
        byte[] message = HEX.parseHex(hex);
        ItemSet items = ItemSet.of(List.of(item(1, 1)));

        assertThat(new Reconciliation.Responder(items, 0).take(message)).isInstanceOf(Step.Malformed.class);
        assertThat(new Reconciliation.Initiator(items, 0).take(message)).isInstanceOf(Step.Malformed.class);
    }

    @Test
    void anyBytesGetAnAnswerOfEitherKind() {
        ItemSet items =
                ItemSet.of(IntStream.range(0, 300).mapToObj(i -> item(i, i)).toList());
        var responder = new Reconciliation.Responder(items, 4_096);
        var initiator = new Reconciliation.Initiator(items, 4_096);
        byte[] good = initiator.open();
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = 0; i < 4; i++) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            for (Step step : List.of(responder.take(bytes), initiator.take(bytes))) {
                if (step instanceof Step.Progress(Optional<byte[]> next, var _, var _)) {
                    assertThat(next.map(n -> n.length).orElse(0)).isLessThanOrEqualTo(4_096);
                }
            }
        }
    }

    @Test
    void smallFramesAreRefused() {
        ItemSet none = ItemSet.of(List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> new Reconciliation.Initiator(none, 4_095));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reconciliation.Responder(none, -1));
    }
}
