package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Poll;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The question of kind 1068 ([NIP-88](https://nips.nostr.com/88)).
///
/// @param ids what votes call the options, in order
record PollIn(Poll poll, List<String> ids) {
    private static final int MOST_OPTIONS = 50;
    private static final int LONGEST = 500;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    /// Empty if the options are not there, or cannot be told apart.
    static Optional<PollIn> of(Event event) {
        List<Tag> options = event.tags("option").toList();
        List<String> ids = options.stream().map(Tag::value).toList();
        Set<String> distinct = new HashSet<>(ids);
        boolean right = !ids.isEmpty()
                && ids.size() <= MOST_OPTIONS
                && distinct.size() == ids.size()
                && ids.stream().allMatch(id -> ID.matcher(id).matches())
                && options.stream()
                        .allMatch(o -> !o.get(2).isBlank() && o.get(2).length() <= LONGEST);
        if (!right) {
            return Optional.empty();
        }
        boolean multiple = event.tag("polltype")
                .map(Tag::value)
                .filter("multiplechoice"::equals)
                .isPresent();
        Optional<Instant> ends = event.tag("endsAt")
                .map(Tag::value)
                .filter(s -> SECONDS.matcher(s).matches())
                .map(s -> Instant.ofEpochSecond(Long.parseLong(s)));
        List<Poll.Option> texts = options.stream()
                .map(o -> new Poll.Option(BridgedText.clean(o.get(2)).strip(), 0))
                .toList();
        return Optional.of(new PollIn(new Poll(texts, multiple, ends, Optional.empty(), Optional.empty()), ids));
    }
}
