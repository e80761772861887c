package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final PublicKey AUTHOR = PublicKey.tryParse("a".repeat(64)).orElseThrow();

    private final List<String> done = new ArrayList<>();
    private final Queue<Runnable> running = new ArrayDeque<>();
    private final Queue<Runnable> meanwhile = new ArrayDeque<>();
    private int moments;
    private boolean broken;
    private final Lane lane = new Lane(
            running::add,
            new Lane.Work() {
                @Override
                public void publish(List<Event> events) {
                    done.add("" + events.size());
                    if (broken) {
                        throw new IllegalStateException("the store is away");
                    }
                }

                @Override
                public void handle(ClientMessage message) {
                    done.add("other");
                }

                @Override
                public void failed() {
                    done.add("failed");
                }
            },
            () -> {
                moments++;
                Runnable next = meanwhile.poll();
                if (next != null) {
                    next.run();
                }
            });

    @Test
    void whatWaitsIsTakenTogether() {
        publish(5);
        work();
        assertThat(done).containsExactly("5");
    }

    @Test
    void whatFollowsTheAnswersToSeveralIsTakenTogetherToo() {
        publish(3);
        meanwhile.add(() -> publish(4));
        work();
        assertThat(done).containsExactly("3", "4");
        assertThat(moments).as("after each of them").isEqualTo(2);
    }

    @Test
    void whoSendsOneAtATimeIsNotKeptWaiting() {
        publish(1);
        work();
        publish(1);
        work();
        assertThat(done).containsExactly("1", "1");
        assertThat(moments).isZero();
    }

    @Test
    void nothingWaitsWhileEnoughIsThere() {
        publish(256 + 256);
        work();
        assertThat(done).containsExactly("256", "256");
        assertThat(moments).as("only after the last").isEqualTo(1);
    }

    @Test
    void anythingElseKeepsItsPlaceBetweenEvents() {
        publish(2);
        lane.add(new ClientMessage.Close("sub"), 10);
        publish(2);
        work();
        assertThat(done).containsExactly("2", "other", "2");
    }

    @Test
    void aFailureEndsOnlyWhatFailed() {
        broken = true;
        publish(2);
        meanwhile.add(() -> {
            broken = false;
            publish(2);
        });
        work();
        assertThat(done).containsExactly("2", "failed", "2");
    }

    private void publish(int events) {
        for (int i = 0; i < events; i++) {
            var event = new UnsignedEvent(AUTHOR, 1, 1, List.of(), "post " + i).signed(new byte[64]);
            lane.add(new ClientMessage.Publish(event), 100);
        }
    }

    private void work() {
        while (!running.isEmpty()) {
            running.remove().run();
        }
    }
}
