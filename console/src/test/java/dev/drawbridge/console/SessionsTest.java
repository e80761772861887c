package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.VirtualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose sessions end when there are too many.
class SessionsTest {
    private final VirtualClock clock = new VirtualClock();
    private final Sessions sessions = new Sessions(new SecureRandom(), clock);

    private List<String> begin(int many, String who, String address) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < many; i++) {
            ids.add(sessions.begin(who.formatted(i), address.formatted(i), Sessions.Entry.ELSEWHERE));
        }
        return ids;
    }

    private long open(List<String> ids) {
        return ids.stream().filter(id -> sessions.of(id).isPresent()).count();
    }

    @Test
    void whoBeginsManyFromOneLineEndsTheirOwnOnly() {
        String mine = sessions.begin("me", "203.0.113.1", Sessions.Entry.ELSEWHERE);
        var theirs = begin(2_000, "key %d", "2001:db8:1:2::%x");
        assertThat(sessions.of(mine)).isPresent();
        assertThat(open(theirs)).isEqualTo(20);
        assertThat(sessions.of(theirs.getLast())).isPresent();
    }

    @Test
    void oneBeginsManyFromEverywhereAndEndsTheirOwnOnly() {
        String other = sessions.begin("other", "203.0.113.1", Sessions.Entry.ELSEWHERE);
        var mine = begin(100, "me", "198.51.100.%d");
        assertThat(sessions.of(other)).isPresent();
        assertThat(open(mine)).isEqualTo(20);
    }

    @Test
    void theOneEndsThatWasLeftAloneLongest() {
        var mine = begin(20, "me", "203.0.113.1");
        clock.advance(Duration.ofMinutes(1));
        assertThat(sessions.of(mine.getFirst())).isPresent();
        sessions.begin("me", "203.0.113.1", Sessions.Entry.ELSEWHERE);
        assertThat(sessions.of(mine.getFirst())).isPresent();
        assertThat(sessions.of(mine.get(1))).isEmpty();
    }

    @Test
    void behindAProxyThatTellsNoAddressesTheLineIsNobodys() {
        var all = begin(100, "key %d", "127.0.0.1");
        assertThat(open(all)).isEqualTo(100);
    }
}
