package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Nostr app puts into a note beside its text, and what it shows of one.
final class NostrNotes {
    private static final Duration POLL_RUNS = Duration.ofDays(1);

    private NostrNotes() {}

    /// Adds the tags of what is in a draft: [NIP-36](https://nips.nostr.com/36), [NIP-92](https://nips.nostr.com/92),
    /// [NIP-18](https://nips.nostr.com/18), [NIP-88](https://nips.nostr.com/88).
    ///
    /// @param picture where the picture is
    /// @return what the text ends with
    static String attach(Draft draft, List<Tag> tags, String picture, Instant now) {
        var tail = new StringBuilder();
        draft.warning().ifPresent(warning -> tags.add(Tag.of("content-warning", warning)));
        draft.alt().ifPresent(alt -> {
            tags.add(Tag.of(
                    "imeta",
                    "url " + picture,
                    "m " + SamplePicture.TYPE,
                    "dim " + SamplePicture.WIDTH + "x" + SamplePicture.HEIGHT,
                    "alt " + alt));
            tail.append("\n").append(picture);
        });
        draft.quoted().ifPresent(quoted -> tags.add(Tag.of("q", quoted.value())));
        for (int i = 0; i < draft.choices().size(); i++) {
            tags.add(Tag.of("option", "choice" + i, draft.choices().get(i)));
        }
        if (!draft.choices().isEmpty()) {
            tags.add(Tag.of("polltype", "singlechoice"));
            tags.add(Tag.of("endsAt", Long.toString(now.plus(POLL_RUNS).getEpochSecond())));
        }
        return tail.toString();
    }

    /// The text without the addresses of pictures that are shown.
    static String text(Event event) {
        String text = event.content();
        for (Shown.Picture picture : pictures(event)) {
            text = text.replace(picture.url().toString(), "");
        }
        return text.strip();
    }

    static Shown shown(Event event) {
        return new Shown(
                event.tag("content-warning").map(tag -> tag.items().size() > 1 ? tag.value() : ""),
                pictures(event),
                event.tag("q").map(Tag::value).map(id -> new NativeId(Network.NOSTR, id)),
                event.tags("option").map(tag -> tag.get(2)).toList());
    }

    private static List<Shown.Picture> pictures(Event event) {
        return event.tags("imeta").flatMap(tag -> picture(tag).stream()).toList();
    }

    private static Optional<Shown.Picture> picture(Tag imeta) {
        Map<String, String> fields = new HashMap<>();
        imeta.items().stream()
                .skip(1)
                .map(item -> item.split(" ", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> fields.putIfAbsent(pair[0], pair[1]));
        try {
            return Optional.ofNullable(fields.get("url"))
                    .filter(_ -> fields.getOrDefault("m", "image/").startsWith("image/"))
                    .map(url -> new Shown.Picture(URI.create(url), fields.getOrDefault("alt", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
