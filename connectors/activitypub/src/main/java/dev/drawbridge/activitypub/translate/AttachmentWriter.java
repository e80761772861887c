package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Poll;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Files, pictures and polls as properties of a post.
final class AttachmentWriter {
    private AttachmentWriter() {}

    static void media(List<Media> media, ObjectNode post) {
        if (media.isEmpty()) {
            return;
        }
        ArrayNode all = post.putArray("attachment");
        for (Media file : media) {
            ObjectNode written = all.addObject();
            written.put(
                    "type",
                    switch (file.kind()) {
                        case IMAGE -> "Image";
                        case VIDEO -> "Video";
                        case AUDIO -> "Audio";
                        case FILE -> "Document";
                    });
            file.mediaType().ifPresent(t -> written.put("mediaType", t));
            written.put("url", file.url().toString());
            if (!file.alt().isBlank()) {
                // Mastodon and Pleroma read the one, GoToSocial the other.
                written.put("name", file.alt()).put("summary", file.alt());
            }
            file.blurhash().ifPresent(b -> written.put("blurhash", b));
            file.focalPoint()
                    .ifPresent(p -> written.putArray("focalPoint").add(p.x()).add(p.y()));
            file.dimensions().ifPresent(d -> written.put("width", d.width()).put("height", d.height()));
            file.duration().ifPresent(d -> written.put("duration", d.toString()));
            file.preview()
                    .ifPresent(
                            p -> written.putObject("icon").put("type", "Image").put("url", p.toString()));
        }
    }

    static void poll(Poll poll, ObjectNode question) {
        ArrayNode options = question.putArray(poll.multiple() ? "anyOf" : "oneOf");
        for (Poll.Option option : poll.options()) {
            options.addObject()
                    .put("type", "Note")
                    .put("name", option.text())
                    .putObject("replies")
                    .put("type", "Collection")
                    .put("totalItems", option.votes());
        }
        poll.ends().ifPresent(at -> question.put("endTime", at.toString()));
        poll.closed().ifPresent(at -> question.put("closed", at.toString()));
        poll.voters().ifPresent(count -> question.put("votersCount", count));
    }

    /// A picture for `:shortcode:` as a tag.
    static void emoji(CustomEmoji emoji, ArrayNode tags) {
        ObjectNode tag = tags.addObject()
                .put("id", emoji.image().toString())
                .put("type", "Emoji")
                .put("name", emoji.written());
        ObjectNode icon = tag.putObject("icon").put("type", "Image");
        emoji.mediaType().ifPresent(t -> icon.put("mediaType", t));
        icon.put("url", emoji.image().toString());
    }
}
