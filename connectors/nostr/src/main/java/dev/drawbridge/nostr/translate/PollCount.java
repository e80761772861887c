package dev.drawbridge.nostr.translate;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Counts the votes in one poll ([NIP-88](https://nips.nostr.com/88)): of each person the last before voting ended, in
/// a poll with one choice its first answer. Keeps who voted no longer than it takes to count.
public final class PollCount {
    /// What is beyond is not counted: nobody shall fill our memory with keys made for that.
    private static final int MOST_VOTERS = 50_000;

    private static final Comparator<Vote> LATER =
            Comparator.comparingLong(Vote::at).thenComparing(Vote::id, Comparator.reverseOrder());

    private final Event asked;
    private final PollIn poll;
    private final Map<PublicKey, Vote> votes = new HashMap<>();

    private record Vote(long at, EventId id, List<Integer> choices) {}

    private PollCount(Event asked, PollIn poll) {
        this.asked = asked;
        this.poll = poll;
    }

    /// Empty if it is no poll that can be voted in.
    public static Optional<PollCount> of(Event event) {
        return event.kind() == Kind.POLL ? PollIn.of(event).map(poll -> new PollCount(event, poll)) : Optional.empty();
    }

    /// When voting ends, if the poll says so.
    public Optional<Instant> ends() {
        return poll.poll().ends();
    }

    /// Whether a vote would change anything, should it turn out to be signed.
    public boolean wants(Event vote) {
        boolean inTime =
                ends().map(end -> vote.createdAt() <= end.getEpochSecond()).orElse(true);
        boolean about = vote.kind() == Kind.VOTE
                && VoteIn.poll(vote).filter(asked.id()::equals).isPresent();
        boolean room = votes.size() < MOST_VOTERS || votes.containsKey(vote.pubkey());
        Vote known = votes.get(vote.pubkey());
        return inTime && about && room && (known == null || LATER.compare(cast(vote), known) > 0);
    }

    /// @param vote with the right id and signature
    public void add(Event vote) {
        if (wants(vote)) {
            votes.put(vote.pubkey(), cast(vote));
        }
    }

    /// Whether it takes no more voters.
    public boolean isFull() {
        return votes.size() >= MOST_VOTERS;
    }

    private Vote cast(Event vote) {
        return new Vote(vote.createdAt(), vote.id(), choices(vote));
    }

    private List<Integer> choices(Event vote) {
        Stream<Integer> chosen = vote.tags("response")
                .map(Tag::value)
                .map(poll.ids()::indexOf)
                .filter(place -> place >= 0)
                .distinct();
        return (poll.poll().multiple() ? chosen : chosen.limit(1)).toList();
    }

    /// What was counted so far.
    ///
    /// @param ended whether nobody can vote any more
    public PollTally at(Instant now, boolean ended) {
        long[] counts = new long[poll.ids().size()];
        votes.values().forEach(vote -> vote.choices().forEach(choice -> counts[choice]++));
        long voters = votes.values().stream()
                .filter(vote -> !vote.choices().isEmpty())
                .count();
        List<Long> each = new ArrayList<>(
                IntStream.range(0, counts.length).mapToObj(i -> counts[i]).toList());
        return new PollTally(asked, each, voters, now.getEpochSecond(), ended);
    }
}
