package dev.drawbridge.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A question with fixed answers.
///
/// @param options what can be chosen, in the author's order; at least one
/// @param multiple whether more than one may be chosen
/// @param ends when voting ends
/// @param closed when it was closed, if it is
/// @param voters how many people voted, where the source counts them
public record Poll(
        List<Option> options,
        boolean multiple,
        Optional<Instant> ends,
        Optional<Instant> closed,
        Optional<Long> voters) {
    /// One answer.
    ///
    /// @param text as shown
    /// @param votes how many chose it; zero where the source does not tell
    public record Option(String text, long votes) {
        public Option {
            if (votes < 0) {
                throw new IllegalArgumentException("fewer than no votes: " + votes);
            }
        }
    }

    public Poll {
        options = List.copyOf(options);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("a poll without options");
        }
    }

    /// Whether votes were counted at the source.
    public boolean counted() {
        return options.stream().anyMatch(option -> option.votes() > 0);
    }

    /// The place of the option called `text`.
    public Optional<Integer> indexOf(String text) {
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).text().equals(text)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
