package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterestTest {
    private static List<PublicKey> keys(int count) {
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            keys.add(new PublicKey("%064x".formatted(i)));
        }
        return keys;
    }

    private static List<List<Filter>> requests(Interest interest, Terms terms) {
        return interest.requests(Optional.of(10L), 20, terms);
    }

    @Test
    void oneRequestIsEnoughForAFewPeople() {
        var interest = Interest.of(keys(20), keys(5), keys(3));

        assertThat(requests(interest, Terms.USUAL)).hasSize(1);
        assertThat(requests(Interest.NONE, Terms.USUAL)).isEmpty();
    }

    @Test
    void nobodyIsLeftOutAndNoRequestIsTooLong() {
        var terms = new Terms(30_000, 20, 100, Set.of());
        List<PublicKey> people = keys(3_000);
        List<List<Filter>> requests = requests(Interest.of(people, keys(700), List.of()), terms);

        Set<String> asked = new HashSet<>();
        for (List<Filter> request : requests) {
            assertThat(new ClientMessage.Request("r1000.1000p1000", request).json())
                    .hasSizeLessThanOrEqualTo(terms.message());
            assertThat(request).hasSizeLessThanOrEqualTo(10);
            request.forEach(filter -> {
                assertThat(filter.limit()).contains(100);
                filter.authors().ifPresent(asked::addAll);
            });
        }
        assertThat(asked).hasSize(people.size());
    }

    @Test
    void noFilterNamesMoreThanAThousand() {
        var terms = new Terms(128_000, 20, 500, Set.of());

        assertThat(requests(Interest.of(keys(2_500), List.of(), List.of()), terms).stream()
                        .flatMap(List::stream)
                        .map(f -> f.authors().orElseThrow().size()))
                .containsExactly(1_000, 1_000, 500, 1_000, 1_000, 500);
    }

    @Test
    void anIndexerIsAskedForRelayListsOnly() {
        List<List<Filter>> requests = requests(Interest.lists(keys(2)), Terms.USUAL);

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst())
                .singleElement()
                .satisfies(f -> assertThat(f.kinds()).contains(Set.of(10_002)));
        Interest both = Interest.lists(keys(2)).and(Interest.of(keys(1), List.of(), List.of()));
        assertThat(requests(both, Terms.USUAL).getFirst()).hasSize(2);
    }
}
