package dev.drawbridge.console;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Crossings.Crossing;
import dev.drawbridge.model.port.Crossings.State;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// One crossing in the words of the pages.
///
/// @param who the author as the bridge knows them, for display
/// @param verb what they did, as a key of the words
/// @param activity the same as the bridge calls it
/// @param text what the original says, where it is known; empty otherwise
/// @param originalUrl a link, only if the id is a web address
/// @param state where it stands, as a key of the words
/// @param css class of the chip
/// @param losses what was lost on the way
/// @param took milliseconds
record CrossingView(
        String who,
        String verb,
        String activity,
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
                crossing.activity(),
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
            case CROSSED -> "state.crossed";
            case WAITING -> "state.waiting";
            case SKIPPED -> "state.skipped";
            case REFUSED -> "state.refused";
            case GIVEN_UP -> "state.given-up";
        };
    }

    private static String verb(String activity) {
        return switch (activity) {
            case "Publish" -> "did.publish";
            case "Edit" -> "did.edit";
            case "Delete" -> "did.delete";
            case "DeleteAccount" -> "did.delete-account";
            case "React" -> "did.react";
            case "Repost" -> "did.repost";
            case "Follow" -> "did.follow";
            case "Unfollow" -> "did.unfollow";
            case "FollowAnswer" -> "did.follow-answer";
            case "ProfileUpdate" -> "did.profile-update";
            case "Block" -> "did.block";
            case "Unblock" -> "did.unblock";
            default -> "did.other";
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
