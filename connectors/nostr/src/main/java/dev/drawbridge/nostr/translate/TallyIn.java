package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What was counted in a poll, on its way through the bridge. The only thing of Nostr that comes as an
/// [NativeEvent.Kind#EDIT]: nothing that a relay sends is one.
public final class TallyIn {
    static final Function<String, Reading<PollTally>> READER = PollTally::read;

    private TallyIn() {}

    /// In the name of who asked. There is one result, however often it is counted.
    public static NativeEvent event(PollTally tally, Instant now) {
        NativeId poll = NativeEvents.id(tally.poll().id());
        String which = tally.ended() ? "final" : Long.toString(tally.countedAt());
        return new NativeEvent(
                new NativeId(Network.NOSTR, poll.value() + ":tally:" + which),
                NativeEvents.id(tally.poll().pubkey()),
                NativeEvent.Kind.EDIT,
                Set.of(poll),
                tally.json(),
                now);
    }

    static boolean is(NativeEvent envelope) {
        return envelope.kind() == NativeEvent.Kind.EDIT;
    }

    /// @param asked what the poll itself says
    static Translation<List<Activity>> read(PollTally tally, NativeEvent envelope, Translation<List<Activity>> asked) {
        return switch (asked) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, var losses)
            when activities.size() == 1
                    && activities.getFirst() instanceof Activity.Publish publish
                    && fits(tally, publish.post()) ->
                Translation.of(List.of(counted(tally, envelope, publish.post())), losses);
            case Translation.Translated<List<Activity>> _ ->
                Translation.malformed("votes", "not one number for each option of a poll");
            case Translation.Skipped<List<Activity>> _, Translation.Malformed<List<Activity>> _ -> asked;
        };
    }

    private static boolean fits(PollTally tally, Post post) {
        return post.poll()
                .filter(poll -> poll.options().size() == tally.votes().size())
                .isPresent();
    }

    private static Activity counted(PollTally tally, NativeEvent envelope, Post asked) {
        Poll before = asked.poll().orElseThrow();
        List<Poll.Option> options = IntStream.range(0, before.options().size())
                .mapToObj(i -> new Poll.Option(
                        before.options().get(i).text(), tally.votes().get(i)))
                .toList();
        Instant now = Instant.ofEpochSecond(tally.countedAt());
        Optional<Instant> closed = tally.ended() ? before.ends().or(() -> Optional.of(now)) : Optional.empty();
        var poll = new Poll(options, before.multiple(), before.ends(), closed, Optional.of(tally.voters()));
        return new Activity.Tally(
                envelope.id(),
                closed.orElse(now),
                asked.toBuilder().poll(Optional.of(poll)).build());
    }
}
