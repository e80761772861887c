package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whoever follows is on exactly one page, in order, and no page is longer than asked for.
class FollowerPagesTest {
    private static final int LIMIT = 50;
    private static final NativeId FOLLOWED = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    private final TreeSet<String> ids = new TreeSet<>();
    private int asked;
    private int longest;

    /// Everything but one question fails.
    private Follows follows() {
        return (Follows) Proxy.newProxyInstance(
                Follows.class.getClassLoader(), new Class<?>[] {Follows.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("followersOf");
                    asked++;
                    String prefix = (String) arguments[2];
                    return ids.tailSet(prefix).stream()
                            .takeWhile(id -> id.startsWith(prefix))
                            .limit((int) arguments[3])
                            .map(id -> new NativeId(Network.NOSTR, id))
                            .toList();
                });
    }

    private List<String> walked() {
        var pages = new FollowerPages(follows(), LIMIT);
        List<String> all = new ArrayList<>();
        var page = pages.next(FOLLOWED, Network.NOSTR, Optional.empty());
        while (true) {
            longest = Math.max(longest, page.followers().size());
            page.followers().forEach(f -> all.add(f.value()));
            if (page.done().isEmpty()) {
                return all;
            }
            page = pages.next(FOLLOWED, Network.NOSTR, page.done());
        }
    }

    private void everybodyOnce(Collection<String> who) {
        ids.addAll(who);
        assertThat(walked()).containsExactlyElementsOf(ids);
        assertThat(longest).isLessThanOrEqualTo(LIMIT);
    }

    private static List<String> keys(int count) {
        var random = new Random(7);
        return random.longs(count).mapToObj(l -> "%016x%048x".formatted(l, 1)).toList();
    }

    @Test
    void nobodyAndAFewAreOnePageAndOneQuestion() {
        everybodyOnce(List.of());
        everybodyOnce(keys(LIMIT));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void keysInHex() {
        everybodyOnce(keys(20_000));
        assertThat(asked).as("questions for 400 pages").isLessThan(400 * 120);
    }

    @Test
    void idsThatBeginAlike() {
        List<String> dids = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            dids.add("did:plc:" + Integer.toString(i * 7_919, 32));
        }
        everybodyOnce(dids);
    }

    @Test
    void anIdThatIsTheBeginningOfOthers() {
        List<String> names = new ArrayList<>(List.of("did:web:a", "did:web:a.", "did:web:b~", "did:web:b"));
        for (int i = 0; i < 200; i++) {
            names.add("did:web:a." + i);
            names.add("did:web:b~" + "~".repeat(i % (LIMIT - 10)));
        }
        everybodyOnce(names);
    }

    @Test
    void aPageOfNothingButBeginningsGrows() {
        for (int i = 1; i < 4 * LIMIT; i++) {
            ids.add("x".repeat(i));
        }
        ids.addAll(keys(100));
        assertThat(walked()).containsExactlyElementsOf(ids);
    }

    @Test
    void whoComesOrGoesMeanwhileDoesNotDisturbTheOthers() {
        ids.addAll(keys(1_000));
        var pages = new FollowerPages(follows(), LIMIT);
        var first = pages.next(FOLLOWED, Network.NOSTR, Optional.empty());
        ids.removeAll(first.followers().stream().map(NativeId::value).toList());
        ids.add("0");
        var second = pages.next(FOLLOWED, Network.NOSTR, first.done());
        assertThat(second.followers()).isNotEmpty().doesNotContainAnyElementsOf(first.followers());
        assertThat(second.followers().getFirst())
                .isGreaterThan(first.followers().getLast());
    }
}
