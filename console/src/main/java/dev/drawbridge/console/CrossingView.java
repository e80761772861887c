package dev.drawbridge.console;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Crossings.Crossing;
import dev.drawbridge.model.port.Crossings.State;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One crossing in the words of the pages.
///
/// @param who the author as the bridge knows them, for display
/// @param verb what they did
/// @param text what the original says, where it is known; empty otherwise
/// @param originalUrl a link, only if the id is a web address
/// @param state one word for the chip
/// @param css class of the chip
/// @param losses what was lost on the way
/// @param took milliseconds
record CrossingView(
        String who,
        String verb,
        String text,
        Shore from,
        Shore to,
        String original,
        Optional<String> originalUrl,
        Optional<String> copy,
        Optional<String> copyUrl,
        String state,
        String css,
        String reason,
        List<String> losses,
        long took) {
    static CrossingView of(Crossing crossing, PostTexts texts) {
        return new CrossingView(
                crossing.author().value(),
                verb(crossing.activity()),
                texts.text(crossing.original()).orElse(""),
                Shore.of(crossing.author().network()),
                Shore.of(crossing.target()),
                crossing.original().value(),
                web(crossing.original()),
                crossing.copy().map(NativeId::value),
                crossing.copy().flatMap(CrossingView::web),
                word(crossing.state()),
                crossing.state() == State.CROSSED ? "ok" : "loss",
                crossing.reason(),
                crossing.losses().stream()
                        .map(loss -> loss.field() + ": " + loss.reason())
                        .toList(),
                crossing.took().toMillis());
    }

    private static String word(State state) {
        return switch (state) {
            case CROSSED -> "crossed";
            case WAITING -> "waiting";
            case SKIPPED -> "skipped";
            case REFUSED -> "refused";
            case GIVEN_UP -> "given up";
        };
    }

    private static String verb(String activity) {
        return switch (activity) {
            case "Publish" -> "wrote";
            case "Edit" -> "changed a post";
            case "Delete" -> "deleted";
            case "DeleteAccount" -> "left";
            case "React" -> "liked";
            case "Repost" -> "shared";
            case "Follow" -> "followed";
            case "Unfollow" -> "unfollowed";
            case "FollowAnswer" -> "answered a follow";
            case "ProfileUpdate" -> "introduced themselves";
            case "Block" -> "blocked";
            case "Unblock" -> "unblocked";
            default -> activity.toLowerCase(Locale.ROOT);
        };
    }

    /// A link to follow only if it can be nothing but a web page.
    private static Optional<String> web(NativeId id) {
        try {
            URI uri = URI.create(id.value());
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return http ? Optional.of(uri.toString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
