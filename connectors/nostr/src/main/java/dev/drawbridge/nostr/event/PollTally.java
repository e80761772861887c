package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/// What was counted in a poll ([NIP-88](https://nips.nostr.com/88)). No event says that: everybody counts for
/// themselves, and so does the bridge. Who voted is not in it.
///
/// @param poll of kind 1068
/// @param votes how many chose each option, in their order
/// @param voters how many voted
/// @param countedAt seconds since 1970
/// @param ended whether nobody could vote any more by then
public record PollTally(Event poll, List<Long> votes, long voters, long countedAt, boolean ended) {
    public PollTally {
        votes = List.copyOf(votes);
    }

    /// As a JSON object, which [#read] reads.
    public String json() {
        String counts = votes.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "{\"poll\":" + poll.json() + ",\"votes\":[" + counts + "],\"voters\":" + voters + ",\"counted_at\":"
                + countedAt + ",\"ended\":" + ended + "}";
    }

    public static Reading<PollTally> read(String json) {
        return JsonInput.read(json, PollTally::tally);
    }

    private static PollTally tally(JsonInput in) {
        in.expect(JsonToken.START_OBJECT, "tally", "not an object");
        Optional<Event> poll = Optional.empty();
        List<Long> votes = new ArrayList<>();
        long voters = 0;
        long countedAt = 0;
        boolean ended = false;
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            switch (field) {
                case "poll" -> poll = Optional.of(new EventReader().event(in, false));
                case "votes" -> votes = in.array(field, Limits.DEFAULT.tags(), () -> in.natural(field));
                case "voters" -> voters = in.natural(field);
                case "counted_at" -> countedAt = in.natural(field);
                case "ended" -> ended = in.bool(field);
                default -> in.skip();
            }
        }
        Event asked = poll.orElseThrow(() -> new Refused("poll", "missing"));
        return new PollTally(asked, votes, voters, countedAt, ended);
    }
}
