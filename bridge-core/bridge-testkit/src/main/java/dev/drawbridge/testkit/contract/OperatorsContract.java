package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Operators.Operator;
import dev.drawbridge.model.port.Operators.Passkey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Operators] does.
public abstract class OperatorsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private Operators operators;

    /// A new, empty one.
    protected abstract Operators none();

    @BeforeEach
    void startEmpty() {
        operators = none();
    }

    @Test
    void thereIsNobodyAtFirst() {
        assertThat(operators.any()).isFalse();
        assertThat(operators.find("op")).isEmpty();
        assertThat(operators.deeds(10)).isEmpty();
    }

    @Test
    void onlyTheFirstIsStored() {
        var first = new Operator("op", "hash", NOON);
        assertThat(operators.first(first)).isTrue();
        assertThat(operators.first(new Operator("other", "hash 2", NOON))).isFalse();
        assertThat(operators.first(new Operator("op", "hash 3", NOON))).isFalse();
        assertThat(operators.any()).isTrue();
        assertThat(operators.find("op")).contains(first);
        assertThat(operators.find("other")).isEmpty();
        assertThat(operators.find("")).isEmpty();
    }

    private static Passkey passkey(String id, long counter) {
        return new Passkey(id, "phone", "credential of " + id, counter, true, NOON, Optional.empty());
    }

    @Test
    void anOperatorIsChangedAndReadBackWhole() {
        var op = new Operator("op", "hash", NOON);
        operators.first(op);
        assertThat(operators.all()).containsExactly(op);
        var used = passkey("two", 7).used(8, NOON.plusSeconds(5));
        assertThat(operators.change("op", o -> Optional.of(o.with(List.of(passkey("one", 0), used)))))
                .isTrue();
        var changed = new Operator("op", "hash", NOON, List.of(passkey("one", 0), used), false, op.epoch());
        assertThat(operators.find("op")).contains(changed);
        var anew = new Operator("op", "hash 2", NOON, List.of(used), true, 1_234_567_890_123L);
        assertThat(operators.change("op", _ -> Optional.of(anew))).isTrue();
        assertThat(operators.all()).containsExactly(anew);
    }

    @Test
    void whatTakesAWayInAwayBeginsAnotherEpoch() {
        var op = new Operator("op", "hash", NOON, List.of(passkey("one", 0), passkey("two", 0)), false, 7);
        operators.first(op);
        operators.change("op", o -> Optional.of(o.without("one")));
        assertThat(operators.find("op"))
                .contains(new Operator("op", "hash", NOON, List.of(passkey("two", 0)), false, 8));
        operators.change("op", o -> Optional.of(o.switched(true)));
        assertThat(operators.find("op").orElseThrow().epoch()).isEqualTo(9);
        operators.change("op", o -> Optional.of(o.switched(false).with(List.of(passkey("two", 1)))));
        assertThat(operators.find("op").orElseThrow().epoch()).isEqualTo(9);
        operators.change("op", o -> Optional.of(o.anew("hash 2")));
        assertThat(operators.find("op")).contains(new Operator("op", "hash 2", NOON, List.of(), false, 10));
        operators.add(new Operator("anna", "hash", NOON));
        operators.remove("op");
        operators.add(new Operator("op", "hash", NOON.plusMillis(1)));
        assertThat(operators.find("op").orElseThrow().epoch())
                .as("another of this name")
                .isGreaterThan(NOON.toEpochMilli());
    }

    @Test
    void whoWasInvitedBeforeSomebodyWasTakenOutIsNotAdded() {
        assertThat(operators.removals()).isZero();
        operators.first(new Operator("op", "hash", NOON));
        operators.add(new Operator("other", "hash", NOON));
        long known = operators.removals();
        assertThat(operators.remove("nobody")).isFalse();
        assertThat(operators.removals()).isEqualTo(known);
        assertThat(operators.remove("other")).isTrue();
        assertThat(operators.remove("op")).as("the last").isFalse();
        assertThat(operators.removals()).isEqualTo(known + 1);
        assertThat(operators.add(new Operator("friend", "hash", NOON), known)).isFalse();
        assertThat(operators.find("friend")).isEmpty();
        assertThat(operators.add(new Operator("friend", "hash", NOON), known + 1))
                .isTrue();
        assertThat(operators.change("friend", op -> Optional.of(op.anew("hash 2"))))
                .isTrue();
        assertThat(operators.removals()).isEqualTo(known + 1);
    }

    @Test
    void nobodyIsChangedWhoIsNotThereOrShallStayAsTheyAre() {
        assertThat(operators.change("op", Optional::of)).isFalse();
        var op = new Operator("op", "hash", NOON);
        operators.first(op);
        assertThat(operators.change("other", Optional::of)).isFalse();
        assertThat(operators.change("op", _ -> Optional.empty())).isFalse();
        assertThat(operators.change("op", _ -> Optional.of(new Operator("other", "hash", NOON))))
                .as("another name")
                .isFalse();
        assertThat(operators.all()).containsExactly(op);
    }

    @Test
    void othersComeAndGoAndTheLastStays() {
        var anna = new Operator("anna", "hash 1", NOON);
        var zoe = new Operator("zoe", "hash 2", NOON.plusSeconds(1), List.of(passkey("z", 3)), true, 7);
        assertThat(operators.add(anna)).as("nobody was first").isFalse();
        operators.first(zoe);
        assertThat(operators.add(anna)).isTrue();
        assertThat(operators.add(new Operator("anna", "hash 3", NOON))).isFalse();
        assertThat(operators.add(new Operator("zoe", "hash 3", NOON))).isFalse();
        assertThat(operators.first(new Operator("eve", "hash 3", NOON))).isFalse();
        assertThat(operators.all()).containsExactly(anna, zoe);
        assertThat(operators.change("anna", o -> Optional.of(o.with(List.of(passkey("a", 1))))))
                .isTrue();
        assertThat(operators.find("zoe")).contains(zoe);
        assertThat(operators.find("anna")).contains(anna.with(List.of(passkey("a", 1))));
        assertThat(operators.remove("nobody")).isFalse();
        assertThat(operators.remove("zoe")).as("the first goes too").isTrue();
        assertThat(operators.all()).containsExactly(anna.with(List.of(passkey("a", 1))));
        assertThat(operators.remove("anna")).as("the last").isFalse();
        assertThat(operators.any()).isTrue();
        assertThat(operators.first(new Operator("eve", "hash 3", NOON))).isFalse();
        assertThat(operators.add(zoe)).isTrue();
        assertThat(operators.remove("anna")).isTrue();
        assertThat(operators.all()).containsExactly(zoe);
    }

    @Test
    void ofSeveralWhoRemoveEachOtherOneStays() throws InterruptedException {
        operators.first(new Operator("one", "hash", NOON));
        operators.add(new Operator("two", "hash", NOON));
        var threads = List.of(new Thread(() -> operators.remove("one")), new Thread(() -> operators.remove("two")));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(operators.all()).hasSize(1);
    }

    @Test
    void ofWhatSeveralChangeAtOnceNothingIsLost() throws InterruptedException {
        operators.first(new Operator("op", "hash", NOON, List.of(passkey("one", 0)), false, 1));
        operators.change("op", o -> Optional.of(o.with(List.of(passkey("one", 0)))));
        Runnable counts = () -> {
            for (int i = 0; i < 25; i++) {
                operators.change(
                        "op",
                        o -> Optional.of(o.with(
                                List.of(passkey("one", o.passkeys().getFirst().counter() + 1)))));
            }
        };
        var threads = List.of(new Thread(counts), new Thread(counts), new Thread(counts));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(operators.find("op").orElseThrow().passkeys().getFirst().counter())
                .isEqualTo(75);
    }

    @Test
    void sessionsOfWhomAProviderBroughtEndUntilTheLatestTimeThatWasSaid() {
        Instant later = NOON.plusSeconds(60);
        Instant forget = NOON.plusSeconds(3600);
        assertThat(operators.ended(Set.of("anna", "bert"))).isEmpty();
        assertThat(operators.end("anna", NOON, forget)).as("nobody came").isFalse();
        operators.came("bert", NOON, forget);
        assertThat(operators.ended(Set.of("anna", "bert"))).isEqualTo(Map.of("anna", NOON));
        assertThat(operators.end("bert", later, forget)).isTrue();
        assertThat(operators.end("bert", NOON, forget)).as("said once more").isTrue();
        assertThat(operators.ended(Set.of("anna", "bert", "nobody"))).isEqualTo(Map.of("anna", NOON, "bert", later));
        assertThat(operators.ended(Set.of("anna"))).isEqualTo(Map.of("anna", NOON));
        operators.came("bert", later, forget);
        assertThat(operators.ended(Set.of("bert"))).as("until then").isEqualTo(Map.of("bert", later));
        assertThat(operators.end("bert", later.plusSeconds(1), forget)).isTrue();
    }

    @Test
    void aWordIsGoodOnceAndIsNobody() {
        assertThat(operators.said("anna")).isFalse();
        assertThat(operators.once("anna", NOON)).isTrue();
        assertThat(operators.said("anna")).isTrue();
        assertThat(operators.said("bert")).isFalse();
        assertThat(operators.once("anna", NOON.plusSeconds(60))).isFalse();
        assertThat(operators.once("bert", NOON)).isTrue();
        assertThat(operators.ended(Set.of("anna"))).isEmpty();
        assertThat(operators.end("anna", NOON, NOON)).isFalse();
    }

    @Test
    void whoCameLatelyIsKnownAlsoWhenOthersAreForgotten() {
        operators.came("anna", NOON, NOON.plusSeconds(60));
        operators.came("bert", NOON.plusSeconds(50), NOON.plusSeconds(110));
        operators.came("carl", NOON.plusSeconds(60), NOON.plusSeconds(120));
        assertThat(operators.end("bert", NOON.plusSeconds(61), NOON.plusSeconds(120)))
                .isTrue();
        assertThat(operators.end("anna", NOON.plusSeconds(61), NOON.plusSeconds(120)))
                .isTrue();
    }

    @Test
    void deedsAreKeptNewestFirstAlsoIfTheyAreTheSame() {
        var one = new Deed(NOON, "op", "signed in", "");
        var two = new Deed(NOON.plusSeconds(1), "op", "dropped", "a letter");
        operators.note(one);
        operators.note(one);
        operators.note(two);
        assertThat(operators.deeds(10)).containsExactly(two, one, one);
        assertThat(operators.deeds(1)).containsExactly(two);
    }
}
