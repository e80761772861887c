package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsideTest {
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private Aside aside(Runnable work) {
        return new Aside(
                run -> {
                    begun.add(run);
                    return Thread.ofVirtual().unstarted(() -> {});
                },
                work);
    }

    @Test
    void itIsNeverDoneTwiceAtOnce() {
        AtomicInteger done = new AtomicInteger();
        Aside aside = aside(done::incrementAndGet);
        aside.begin();
        aside.begin();
        assertThat(begun).hasSize(1);
        assertThat(done).as("not by who begins it").hasValue(0);
        begun.remove().run();
        aside.begin();
        begun.remove().run();
        assertThat(done).hasValue(2);
    }

    @Test
    void whatFailsIsDoneAgain() {
        Aside aside = aside(() -> {
            throw new IllegalStateException("no");
        });
        aside.begin();
        begun.remove().run();
        aside.begin();
        assertThat(begun).hasSize(1);
    }
}
