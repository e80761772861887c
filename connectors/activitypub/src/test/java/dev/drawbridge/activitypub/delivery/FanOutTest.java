package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One post to very many.
@ExtendWith(TestMongo.class)
class FanOutTest {
    private static final int MIB = 1 << 20;
    private final Map<URI, Integer> hits = new ConcurrentHashMap<>();
    private Shores shores;
    private NativeId nora;

    @BeforeEach
    void start(MongoDatabase database) {
        shores = new Shores(database, Quick::new);
        nora = shores.author("nora");
        shores.net.forgetRequests();
        shores.net.serveEverywhereElse((_, uri, _, _) -> {
            hits.merge(uri, 1, Integer::sum);
            return HttpReply.of(202);
        });
    }

    /// Signs without the work: what is measured here is everything else.
    private record Quick(Signer keys) implements Signer {
        @Override
        public byte[] ensure(String ref, KeyAlgorithm algorithm) {
            return keys.ensure(ref, algorithm);
        }

        @Override
        public byte[] sign(String ref, SignatureScheme scheme, byte[] message) {
            return new byte[256];
        }
    }

    private static String inbox(int server) {
        return "https://s" + server + ".example/inbox";
    }

    private void followers(NativeId author, int count, int servers) {
        for (int i = 0; i < count; i++) {
            int server = i % servers;
            shores.follower(author, "https://s" + server + ".example/users/u" + i, inbox(server));
        }
    }

    private static long usedMiB() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
    }

    @Test
    void fiftyThousandInboxesNeedNoMoreMemoryThanAFew() {
        followers(nora, 50_000, 50_000);
        var asked = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var late = new AtomicLong();
        shores.net.serveEverywhereElse((_, _, _, _) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            if (asked.incrementAndGet() == 45_000) {
                late.set(usedMiB());
            }
            atOnce.decrementAndGet();
            return HttpReply.of(202);
        });
        shores.post(nora, "to everybody");
        shores.engine.bridgeOnly();
        assertThat(shores.engine.planned()).as("the store and the followers").isEqualTo(2);
        long before = usedMiB();
        shores.engine.settle();
        assertThat(asked).hasValue(50_000);
        assertThat(late.get() - before).as("MiB more in the middle of it").isLessThan(24);
        assertThat(most).hasValueLessThanOrEqualTo(64);
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void aServerIsAskedOnceForAllItsFollowers() {
        followers(nora, 3_000, 150);
        int before = shores.engine.looksAskedFor();
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(shores.engine.looksAskedFor() - before)
                .as("it does not wait for the clock's turn")
                .isEqualTo(1);
        assertThat(hits).hasSize(150);
        assertThat(hits.values()).containsOnly(1);
    }

    @Test
    void placesThatFailGetADeliveryOfTheirOwnAndKeepTheirOrder() {
        followers(nora, 100, 100);
        shores.net.fix(inbox(7), HttpReply.of(503));
        shores.net.fix(inbox(8), HttpReply.of(403));
        NativeId post = shores.post(nora, "one");
        shores.engine.settle();
        assertThat(hits).hasSize(98);
        assertThat(shores.ports.parking().count()).isEqualTo(1);
        shores.edit(nora, post, "one, better");
        shores.engine.settle();
        assertThat(shores.ports.parking().count()).isEqualTo(2);
        shores.net.fix(inbox(7), HttpReply.of(202));
        shores.engine.after(Duration.ofMinutes(1));
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void aDeleteGoesToFormerFollowersToo() {
        followers(nora, 120, 60);
        NativeId post = shores.post(nora, "soon gone");
        shores.engine.settle();
        for (int i = 0; i < 120; i++) {
            if (i % 60 < 30) {
                shores.ports
                        .follows()
                        .remove(new NativeId(Network.ACTIVITYPUB, "https://s" + i % 60 + ".example/users/u" + i), nora);
            }
        }
        shores.delete(nora, post);
        shores.engine.settle();
        assertThat(hits).hasSize(60);
        assertThat(hits.values()).containsOnly(2);
    }

    @Test
    void whatIsDeletedMeanwhileGoesNoFurther() {
        followers(nora, 1_000, 1_000);
        var asked = new AtomicInteger();
        var post = new NativeId[1];
        shores.net.serveEverywhereElse((_, _, _, _) -> {
            if (asked.incrementAndGet() == 150) {
                shores.delete(nora, post[0]);
                shores.engine.bridgeOnly();
            }
            return HttpReply.of(202);
        });
        post[0] = shores.post(nora, "oops");
        shores.engine.settle();
        assertThat(asked.get()).as("one page, then a delete to every place").isEqualTo(200 + 1_000);
    }

    @Test
    void anInterruptedFanOutGoesOnWhereItWas() {
        followers(nora, 1_000, 1_000);
        var asked = new AtomicInteger();
        shores.net.serveEverywhereElse((_, uri, _, _) -> {
            if (asked.incrementAndGet() == 650) {
                throw new IllegalStateException("the process dies here");
            }
            hits.merge(uri, 1, Integer::sum);
            return HttpReply.of(202);
        });
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(hits.size()).isBetween(600, 800);
        shores.engine.after(Duration.ofHours(1));
        assertThat(hits).hasSize(1_000);
        assertThat(hits.values().stream().filter(n -> n > 1).count())
                .as("at most one page")
                .isLessThan(200);
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void anotherAuthorDoesNotWaitForIt() {
        followers(nora, 2_000, 2_000);
        NativeId other = shores.author("otto");
        shores.follower(other, "https://small.example/users/u", "https://small.example/inbox");
        var asked = new AtomicInteger();
        var arrived = new CountDownLatch(1);
        var waitedInVain = new AtomicInteger();
        shores.net.serveEverywhereElse((_, uri, _, _) -> {
            int place = asked.incrementAndGet();
            if (uri.getHost().equals("small.example")) {
                arrived.countDown();
            } else if (place == 300) {
                shores.post(other, "to one, in the middle of it");
                shores.engine.settle();
            } else if (place > 300 && !soon(arrived)) {
                // nobody of the rest is served before the one of the other author
                waitedInVain.incrementAndGet();
            }
            return HttpReply.of(202);
        });
        shores.post(nora, "to two thousand");
        shores.engine.settle();
        assertThat(asked).hasValue(2_001);
        assertThat(waitedInVain).hasValue(0);
    }

    private static boolean soon(CountDownLatch arrived) {
        try {
            return arrived.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoIsNamedIsNotToldTwice() {
        followers(nora, 60, 60);
        var named = Set.of(inbox(3));
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(hits.keySet().stream().filter(u -> named.contains(u.toString())))
                .hasSize(1);
        assertThat(hits.values()).containsOnly(1);
    }
}
