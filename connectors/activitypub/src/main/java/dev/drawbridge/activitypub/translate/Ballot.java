package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Votes: Notes with the name of an option and no content, in answer to a Question, one per option.
final class Ballot {
    private Ballot() {}

    static boolean isVote(As2 object) {
        return object.isA("Note") && object.has("name") && !object.has("content") && object.has("inReplyTo");
    }

    /// The questions that are answered; one, unless somebody sends nonsense.
    static Set<String> polls(Incoming in) {
        return in.objects().stream()
                .filter(Ballot::isVote)
                .flatMap(vote -> vote.ref("inReplyTo").stream())
                .filter(poll -> Uris.isHttp(poll))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Translation<List<Activity>> read(Incoming in, NativeEvent event, Resolved resolved, Instant at) {
        Set<String> polls = polls(in);
        if (polls.size() != 1) {
            return Translation.malformed("object.inReplyTo", "a vote answers one question");
        }
        NativeId poll = CopyIds.id(polls.iterator().next());
        List<String> options = resolved.object(poll).map(Resolved.Post::options).orElse(List.of());
        if (options.isEmpty()) {
            return Translation.skipped("a vote in a poll that is not known here");
        }
        var chosen = new TreeSet<Integer>();
        for (As2 vote : in.objects()) {
            vote.naturalText("name").map(options::indexOf).filter(i -> i >= 0).ifPresent(chosen::add);
        }
        return chosen.isEmpty()
                ? Translation.malformed("object.name", "the poll has no such option")
                : Translation.of(List.of(new Activity.Vote(event.id(), event.author(), at, poll, List.copyOf(chosen))));
    }
}
