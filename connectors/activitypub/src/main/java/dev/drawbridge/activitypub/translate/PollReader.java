package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Poll;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The poll of a `Question`: `oneOf` or `anyOf` with a Note per option, votes counted in `replies.totalItems`.
final class PollReader {
    private static final int MAX_OPTIONS = 500;

    private PollReader() {}

    /// @param now when it came: a poll that had ended by then is closed, whether it says so or not
    /// @param losses takes what is beyond measure
    static Optional<Poll> read(As2 question, Instant now, List<Loss> losses) {
        boolean multiple = question.has("anyOf");
        List<Poll.Option> options = question.objects(multiple ? "anyOf" : "oneOf").stream()
                // A name is no markup, and votes repeat it letter by letter.
                .flatMap(o -> o.naturalText("name").map(name -> new Poll.Option(name, votes(o))).stream())
                .filter(o -> !o.text().isBlank())
                .toList();
        if (!question.isA("Question") || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Poll(
                Cut.list(options, MAX_OPTIONS, left -> new Loss("poll", left + " options more than can be"), losses),
                multiple,
                question.instant("endTime"),
                end(question).filter(end -> !end.isAfter(now)),
                count(question.node().path("votersCount"))));
    }

    /// Whether nobody can vote any more: what it says now is the result.
    static boolean hasEnded(As2 question, Instant now) {
        return end(question).filter(end -> !end.isAfter(now)).isPresent();
    }

    /// When voting ended or will end.
    static Optional<Instant> end(As2 question) {
        return question.instant("closed").or(() -> question.instant("endTime"));
    }

    private static long votes(As2 option) {
        return option.object("replies")
                .flatMap(r -> count(r.node().path("totalItems")))
                .orElse(0L);
    }

    private static Optional<Long> count(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? Optional.of(value.longValue()).filter(votes -> votes >= 0)
                : Optional.empty();
    }
}
