package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.store.KeptAuthors.Kept;
import java.time.Instant;
import org.junit.jupiter.api.Test;

abstract class KeptAuthorsContract {
    private static final Instant FIRST = Instant.ofEpochSecond(1_800_000_000);

    private final People people = new People();
    private final People.Person alice = people.person("alice");
    private final People.Person bob = people.person("bob");

    abstract KeptAuthors authors();

    @Test
    void remembersSinceWhen() {
        authors().add(alice.key, FIRST);
        authors().add(alice.key, FIRST.plusSeconds(60));
        authors().add(bob.key, FIRST.plusSeconds(1));

        assertThat(authors().all())
                .containsExactlyInAnyOrder(new Kept(alice.key, FIRST), new Kept(bob.key, FIRST.plusSeconds(1)));
    }

    @Test
    void forgetsWhoIsGone() {
        authors().add(alice.key, FIRST);
        authors().remove(alice.key);
        authors().remove(bob.key);

        assertThat(authors().all()).isEmpty();
        authors().add(alice.key, FIRST.plusSeconds(60));
        assertThat(authors().all()).containsExactly(new Kept(alice.key, FIRST.plusSeconds(60)));
    }
}
